// A chat-completions server over a GGUF file, for `python -m tests.bench.small_model`:
//   npm i -E node-llama-cpp@3.21.1
//   node llama_server.mjs MODEL.gguf [PORT]
// The prebuilt llama.cpp of that package runs on the processor; schemas are held by its grammar.
import http from "node:http";
import path from "node:path";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const require = createRequire(path.join(process.cwd(), "package.json"));
const { getLlama, LlamaChatSession } = await import(
  pathToFileURL(require.resolve("node-llama-cpp")).href
);
const llama = await getLlama({ gpu: false, build: "never", maxThreads: 2 });
const model = await llama.loadModel({ modelPath: process.argv[2] });
const context = await model.createContext({ contextSize: 4096 });
const sequence = context.getSequence();
let turn = Promise.resolve();

async function complete(body) {
  await sequence.clearHistory();
  const system = body.messages.find((m) => m.role === "system")?.content;
  const session = new LlamaChatSession({ contextSequence: sequence, systemPrompt: system });
  const schema = body.response_format?.json_schema?.schema;
  const grammar = schema && (await llama.createGrammarForJsonSchema(schema));
  const said = await session.prompt(body.messages.at(-1).content, {
    grammar, maxTokens: Math.min(body.max_tokens ?? 300, 300), temperature: 0,
  });
  session.dispose({ disposeSequence: false });
  return said;
}

http.createServer((request, response) => {
  let raw = "";
  request.on("data", (piece) => (raw += piece));
  request.on("end", () => {
    turn = turn.then(async () => {
      try {
        const content = await complete(JSON.parse(raw));
        response.writeHead(200, { "content-type": "text/event-stream" });
        const chunk = (delta, finish_reason) =>
          response.write(`data: ${JSON.stringify({ id: "1", object: "chat.completion.chunk", created: 0,
            model: "small", choices: [{ index: 0, delta, finish_reason }] })}\n\n`);
        chunk({ content }, null);
        chunk({}, "stop");
        response.end("data: [DONE]\n\n");
      } catch (error) {
        response.writeHead(500).end(JSON.stringify({ error: { message: String(error) } }));
      }
    });
  });
}).listen(Number(process.argv[3] ?? 8765), "127.0.0.1", () => console.log("ready"));
