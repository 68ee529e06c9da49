/**
 * Where a template was when it failed while rendering. The engine's tree carries no places. It is rendered again with every step
 * watched, and the innermost step that failed is found in the source by its names and literals: those of the whole tree, in order,
 * must be those of the source, or nothing is said.
 */
import { Interpreter, parse, type Environment } from '@huggingface/jinja';
import { placeTokens, type Place, type PlacedTokens, type TemplateToken } from './token-places.ts';

/** A node of the engine's tree, whose classes it does not export. */
interface TreeNode {
  type: string;
  [field: string]: unknown;
}

/** Identifiers of the source that are no node of the tree. */
const keywords = new Set(
  (
    'for in if elif else endif endfor set endset macro endmacro call endcall filter endfilter break continue not and or is ' +
    'recursive'
  ).split(' '),
);

/**
 * `environment` is made as for the rendering that failed with `message`. `null` where the place cannot be told, and where watching
 * it fails in another way.
 */
export function locateRunError(source: string, environment: () => Environment, message: string): Place | null {
  const placed = placeTokens(source);
  if (placed === null) return null;
  const program = parse(placed.tokens);
  const leaves = placeLeaves(program as unknown as TreeNode, placed.tokens, placed.places);
  if (leaves === null) return null;
  const watching = new WatchingInterpreter(environment());
  try {
    watching.run(program);
  } catch (thrown) {
    if (!(thrown instanceof Error) || thrown.message !== message) return null;
    const places = watching.failed.map((node) => extentOf(node, leaves));
    const place = places.find((one) => one !== null) ?? null;
    return place === null ? null : withClosingBrackets(place, placed);
  }
  return null;
}

type Evaluate = Interpreter['evaluate'];

class WatchingInterpreter extends Interpreter {
  /** Steps that failed, the innermost first. */
  readonly failed: TreeNode[] = [];

  override evaluate(...[node, environment]: Parameters<Evaluate>): ReturnType<Evaluate> {
    try {
      return super.evaluate(node, environment);
    } catch (thrown) {
      if (node !== undefined) this.failed.push(node as unknown as TreeNode);
      throw thrown;
    }
  }
}

/** A node ends with its last leaf: `f(a`. What closes its brackets belongs to it. */
function withClosingBrackets({ start, end }: Place, { tokens, places }: PlacedTokens): Place {
  let open = 0;
  let last = end;
  for (const [index, place] of places.entries()) {
    if (place.start < start) continue;
    const type = tokens[index]?.type ?? '';
    const isClosing = /^Close(Paren|SquareBracket|CurlyBracket)$/.test(type);
    if (place.start >= end && !(isClosing && open > 0)) break;
    if (/^Open(Paren|SquareBracket|CurlyBracket)$/.test(type)) open++;
    if (isClosing) open--;
    last = Math.max(last, place.end);
  }
  return { start, end: last };
}

/** From the first leaf of a node to its last. */
function extentOf(node: TreeNode, leaves: ReadonlyMap<object, Place>): Place | null {
  const places = leavesOf(node).flatMap((leaf) => leaves.get(leaf) ?? []);
  if (places.length === 0) return null;
  return { start: Math.min(...places.map(({ start }) => start)), end: Math.max(...places.map(({ end }) => end)) };
}

function placeLeaves(
  program: TreeNode,
  tokens: readonly TemplateToken[],
  places: readonly Place[],
): Map<object, Place> | null {
  const found = new Map<object, Place>();
  let at = 0;
  for (const leaf of leavesOf(program)) {
    for (;;) {
      const token = tokens[at];
      const place = places[at];
      if (token === undefined || place === undefined) return null;
      at++;
      if (isWrittenAs(leaf, token)) {
        const end = endOfString(leaf, token, tokens, at);
        found.set(leaf, { start: place.start, end: places[end - 1]?.end ?? place.end });
        at = end;
        break;
      }
      if (isLeafToken(token)) return null;
    }
  }
  return tokens.slice(at).some(isLeafToken) ? null : found;
}

/** Neighbouring strings are one in the tree. */
function endOfString(leaf: TreeNode, token: TemplateToken, tokens: readonly TemplateToken[], next: number): number {
  if (leaf.type !== 'StringLiteral' || token.type !== 'StringLiteral') return next;
  let at = next;
  for (let value = token.value; value !== leaf['value'] && tokens[at]?.type === 'StringLiteral'; at++) {
    value += tokens[at]?.value ?? '';
  }
  return at;
}

function isWrittenAs({ type, value }: TreeNode, token: TemplateToken): boolean {
  if (type === 'Identifier') return token.type === 'Identifier' && token.value === value;
  if (type === 'StringLiteral') {
    return (token.type === 'StringLiteral' || token.type === 'Text') && String(value).startsWith(token.value);
  }
  return token.type === 'NumericLiteral' && Number(token.value) === value;
}

function isLeafToken({ type, value }: TemplateToken): boolean {
  if (type === 'Identifier') return !keywords.has(value);
  return type === 'StringLiteral' || type === 'NumericLiteral' || type === 'Text';
}

/** Names and literals under a node, in the order of the source. */
function leavesOf(node: TreeNode): TreeNode[] {
  const isLeaf = ['Identifier', 'StringLiteral', 'IntegerLiteral', 'FloatLiteral'].includes(node.type);
  return isLeaf ? [node] : childrenOf(node).flatMap(leavesOf);
}

function childrenOf(node: TreeNode): TreeNode[] {
  if (node.type === 'Comment') return [];
  // `a if b else c`: the tree has the condition first.
  if (node.type === 'Ternary') return [node['trueExpr'], node['condition'], node['falseExpr']].filter(isNode);
  // `call(x) macro(y)`: the tree has what is called first.
  if (node.type === 'CallStatement') return [node['callerArgs'], node['call'], node['body']].flatMap(nodesIn);
  if (node.type === 'BinaryExpression') return [node['left'], node['right']].filter(isNode);
  if (node.type === 'UnaryExpression') return [node['argument']].filter(isNode);
  return Object.values(node).flatMap(nodesIn);
}

function nodesIn(value: unknown): TreeNode[] {
  if (value instanceof Map) return [...value].flat().filter(isNode);
  if (Array.isArray(value)) return value.flatMap(nodesIn);
  return isNode(value) ? [value] : [];
}

function isNode(value: unknown): value is TreeNode {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}
