/** Text to ids and back: exact ids, spans in the text, streaming text, chat templates. */
export { ChatTemplate } from './chat-template.ts';
export { encodeChat, type EncodedChat } from './encode-chat.ts';
export * from './fast/index.ts';
export { kindOfPiece } from './vocabulary.ts';
export { StreamingDecoder } from './streaming-decoder.ts';
export { checkTextLength, maximumTextLength, tokenizeWithSpans } from './tokenize-with-spans.ts';
export { bytesOf } from './byte-level.ts';
export { TokenBytes, type TextPlace } from './token-bytes.ts';
export { Tokenizer, type EncodeOptions } from './tokenizer.ts';
