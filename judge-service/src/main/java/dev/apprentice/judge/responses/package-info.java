/**
 * Every response with its score, kept on disk and ready to be looked at.
 *
 * <p>How to ask: inject {@link dev.apprentice.judge.responses.ScoredResponses}.
 *
 * <pre>{@code
 * ResponseQuery query = ResponseQuery.ALL
 *         .containing("simile")                        // in question, reference or answer, in any case
 *         .within("judge:llama3", 0, 40)               // a figure by the name it has in Report
 *         .sortedBy("token_f1", Direction.DESCENDING)  // without it: in the exam's order
 *         .page(0, 50);
 * ResponsePage page = responses.page("first-run", 116, query);
 * }</pre>
 *
 * Each instance holds all of them, copied from the two topics into RocksDB by a Kafka Streams global store each, so that any
 * instance can answer for any run and a restart reads only what is new. Nothing is kept in the heap between two questions;
 * one question reads one checkpoint's responses (1,000 of them: about 1 MB). While they are first read in,
 * {@link dev.apprentice.judge.responses.ResponsesNotReadyException} says so.
 */
package dev.apprentice.judge.responses;
