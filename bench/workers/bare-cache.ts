// The floor of a warm page: a Worker that does nothing but look it up in the Cache API.

export default {
  async fetch(request: Request): Promise<Response> {
    if (request.method === "PUT") {
      const kept = new Request(request.url);
      await caches.default.put(kept, new Response(request.body, { headers: request.headers }));
      return new Response(null, { status: 204 });
    }
    return (
      (await caches.default.match(request)) ?? new Response("Nothing is kept.", { status: 404 })
    );
  },
};
