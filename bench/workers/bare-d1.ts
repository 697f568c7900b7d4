// The floor of a cold page: a Worker that makes one D1 batch of the same statements, and answers with constant bytes.

interface Task {
  statements: { sql: string; values: (string | number | null)[] }[];
  body: string;
}

let task: Task = { statements: [], body: "" };

export default {
  async fetch(request: Request, env: { DB: D1Database }): Promise<Response> {
    if (request.method === "PUT") {
      task = await request.json();
      return new Response(null, { status: 204 });
    }
    const session = env.DB.withSession("first-primary");
    await session.batch(
      task.statements.map(({ sql, values }) => session.prepare(sql).bind(...values)),
    );
    return new Response(task.body, { headers: { "Content-Type": "text/html; charset=utf-8" } });
  },
};
