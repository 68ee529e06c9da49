/** Text to ids and back: exact ids, spans in the text, streaming text, chat templates. */
export { ChatTemplate } from './chat-template.ts';
export { compareFiles } from './compare/compare-files.ts';
export { compareText, type OpenTokenizer } from './compare/compare-text.ts';
export { countPieces } from './compare/count-pieces.ts';
export { textPieces } from './compare/text-pieces.ts';
export { encodeChat, type EncodedChat } from './encode-chat.ts';
export { encodeText, type EncodedPieces, type TextPiece } from './encode-text.ts';
export * from './fast/index.ts';
export { OpenTokenizers } from './open-tokenizers.ts';
export { kindOfPiece } from './vocabulary.ts';
export { StreamingDecoder } from './streaming-decoder.ts';
export { checkTextLength, maximumTextLength, tokenizeWithSpans } from './tokenize-with-spans.ts';
export { bytesOf } from './byte-level.ts';
export { TokenBytes, type TextPlace } from './token-bytes.ts';
export { Tokenizer, type EncodeOptions } from './tokenizer.ts';
