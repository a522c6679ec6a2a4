/**
 * Runs that learn instructions as they come.
 *
 * <p>A stream run begins with what its dataset holds and goes on with what is written to the instructions topic, until it
 * is cancelled. {@link dev.apprentice.dataset.stream.InstructionFeed} reads the topic at the run's own position,
 * {@link dev.apprentice.dataset.stream.KnownExamples} decides what each record means for the run,
 * {@link dev.apprentice.dataset.stream.StreamCurriculum} makes batches of what is to be learned, and
 * {@link dev.apprentice.dataset.stream.StreamTransactions} writes them to the run's topic.
 *
 * <h2>Nothing lost, nothing twice</h2>
 *
 * The run's state (position, what is known, what waits for its batch) lies in a {@link
 * dev.apprentice.dataset.stream.StreamStore} on disk; batches and consumed offsets lie in Kafka. They change together:
 *
 * <ol>
 *   <li>the changes of the state are written to a redo file and synced;
 *   <li>the batches and the consumed offsets are committed in one Kafka transaction;
 *   <li>the changes become part of the store.
 * </ol>
 *
 * After a crash the log decides. Taking up the run's {@code transactional.id} shuts out a predecessor and settles its open
 * transaction; then the last committed batch tells whether the redo file's transaction happened (its changes are made) or
 * not (they are dropped, and the records are read again). What is committed is never decided anew.
 */
package dev.apprentice.dataset.stream;
