import { createHash, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { answer } from './answer.ts';
import { embed } from './embeddings.ts';
import { at } from './http-json.ts';
import type { Message } from './model.ts';
import type { Passage } from './passage.ts';
import type { Settings } from './settings.ts';
import { keep, prepareVectors } from './vectors.ts';

/** What is wrong with a request, with the status that says so. */
class RequestError extends Error {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

const largest = 1024 * 1024;

/** The server: answers over OpenAI's interface (POST /v1/chat/completions, model rag), and POST /v1/passages to keep some. */
export function makeServer(settings: Settings): Server {
  return createServer((request, response) => {
    const reply = (status: number, body: unknown) => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(body));
    };
    handle(settings, request).then(
      (body) => reply(200, body),
      (error: unknown) => {
        const status = error instanceof RequestError ? error.status : 502;
        const message = error instanceof Error ? error.message : String(error);
        if (status === 502) console.error(message);
        reply(status, { error: { message } });
      },
    );
  });
}

async function handle(settings: Settings, request: IncomingMessage): Promise<unknown> {
  const { method } = request;
  const path = (request.url ?? '/').split('?')[0];
  if (method === 'GET' && path === '/healthz') return { status: 'ok' };
  allow(settings, request);
  if (method === 'GET' && path === '/v1/models') return { object: 'list', data: [{ id: 'rag', object: 'model' }] };
  if (method === 'POST' && path === '/v1/chat/completions') {
    return completion(await answer(settings, messagesOf(await readJson(request))));
  }
  if (method === 'POST' && path === '/v1/passages') {
    const passages = passagesOf(await readJson(request));
    const vectors = await embed(
      settings.embeddings,
      passages.map(({ text }) => text),
    );
    await prepareVectors(settings.vectors, settings.embeddings.dimensions);
    await keep(settings.vectors, passages, vectors);
    return { kept: passages.length };
  }
  throw new RequestError(404, 'there is no such path');
}

function completion({ text, passages, failures }: Awaited<ReturnType<typeof answer>>): unknown {
  return {
    object: 'chat.completion',
    model: 'rag',
    choices: [{ index: 0, message: { role: 'assistant', content: text }, finish_reason: 'stop' }],
    // What is beyond OpenAI's interface, which clients ignore.
    sources: passages.map(({ source }) => source),
    failures,
  };
}

/** Digests are compared, so that the time it takes says nothing of the key or its length. */
function allow({ apiKey }: Settings, { headers }: IncomingMessage): void {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  if (!timingSafeEqual(digest(headers.authorization ?? ''), digest(`Bearer ${apiKey}`))) {
    throw new RequestError(401, 'show the key as Bearer in the header Authorization');
  }
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request) {
    size += (part as Buffer).length;
    // The rest is read and dropped, since who still sends does not read an answer; of who never ends nothing more is read.
    if (size <= largest) parts.push(part as Buffer);
    else if (size > 8 * largest) break;
  }
  if (size > largest) throw new RequestError(413, `a request has at most ${largest} bytes`);
  try {
    return JSON.parse(Buffer.concat(parts).toString('utf8'));
  } catch {
    throw new RequestError(400, 'the request is no JSON');
  }
}

function messagesOf(body: unknown): readonly Message[] {
  const messages = at(body, 'messages');
  const roles = ['system', 'user', 'assistant'];
  const good =
    Array.isArray(messages) &&
    messages.length > 0 &&
    messages.every((each) => roles.includes(String(at(each, 'role'))) && typeof at(each, 'content') === 'string');
  if (!good || at(messages, messages.length - 1, 'role') !== 'user') {
    throw new RequestError(400, 'messages: a list of {role, content}, of which the last is of the user');
  }
  if (at(body, 'stream') === true) throw new RequestError(400, 'stream: it answers in one piece');
  return messages as readonly Message[];
}

function passagesOf(body: unknown): readonly Passage[] {
  const passages = at(body, 'passages');
  const good =
    Array.isArray(passages) &&
    passages.length > 0 &&
    passages.length <= 32 &&
    passages.every((each) => textOf(at(each, 'text')) && textOf(at(each, 'source')));
  if (!good) throw new RequestError(400, 'passages: a list of 1 to 32 {text, source}');
  return passages as readonly Passage[];
}

function textOf(value: unknown): boolean {
  return typeof value === 'string' && value.trim() !== '';
}
