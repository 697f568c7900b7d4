// The floor of everything: a Worker that has its answer.

let body = "";

export default {
  async fetch(request: Request): Promise<Response> {
    if (request.method === "PUT") {
      body = await request.text();
      return new Response(null, { status: 204 });
    }
    return new Response(body, { headers: { "Content-Type": "text/html; charset=utf-8" } });
  },
};
