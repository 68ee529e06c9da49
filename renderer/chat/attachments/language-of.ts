/** In which language the editor shows a file, by the ending of its name; plain text where it is none that the editor knows. */
const languages: Readonly<Record<string, string>> = {
  c: 'cpp',
  cc: 'cpp',
  cpp: 'cpp',
  h: 'cpp',
  hpp: 'cpp',
  htm: 'html',
  html: 'html',
  js: 'javascript',
  json: 'javascript',
  jsonl: 'javascript',
  md: 'markdown',
  mjs: 'javascript',
  py: 'python',
  rs: 'rust',
  sh: 'shell',
  sql: 'sql',
  ts: 'typescript',
};

export function languageOf(fileName: string): string {
  const ending = /\.(\w+)$/.exec(fileName)?.[1]?.toLowerCase() ?? '';
  return languages[ending] ?? 'plaintext';
}
