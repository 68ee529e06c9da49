/** The vocabulary of a tokenizer, to be searched and looked at. */
export { describeEntry } from './describe-entry.ts';
export { searchVocabulary } from './search-vocabulary.ts';
export { VocabularyTables } from './vocabulary-tables.ts';
export { VocabularyTable, type BrowsedTokenizer, type ReachabilityOf } from './vocabulary-table.ts';
