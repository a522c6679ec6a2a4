/**
 * Every response with its score, kept on disk for queries.
 *
 * <p>To query them, inject {@link dev.apprentice.judge.responses.ScoredResponses}.
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
 * Each instance holds all of them: one Kafka Streams global store for each of the two topics copies the records into RocksDB. So
 * any instance can answer for any run, and a restart reads only new records. Nothing is kept in the heap between two queries. A
 * query reads one checkpoint's responses (about 1 MB for 1,000 of them). While the topics are first being read, queries throw
 * {@link dev.apprentice.judge.responses.ResponsesNotReadyException}.
 */
package dev.apprentice.judge.responses;
