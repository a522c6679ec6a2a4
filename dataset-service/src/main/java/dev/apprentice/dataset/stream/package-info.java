/**
 * Runs that learn instructions as they come.
 *
 * <p>A stream run begins with what its dataset holds. It goes on with what is written to the instructions topic, until it is
 * cancelled. {@link dev.apprentice.dataset.stream.InstructionFeed} reads the topic at the run's own position.
 * {@link dev.apprentice.dataset.stream.KnownExamples} decides what each record means for the run.
 * {@link dev.apprentice.dataset.stream.StreamCurriculum} forms batches from the examples to learn, and
 * {@link dev.apprentice.dataset.stream.StreamTransactions} writes them to the run's topic.
 *
 * <h2>Nothing is lost, and nothing is learned twice</h2>
 *
 * The run's state (its position, the known examples, the queue) lies in a {@link dev.apprentice.dataset.stream.StreamStore} on
 * disk. Batches and consumed offsets lie in Kafka. They change together:
 *
 * <ol>
 *   <li>The changes of the state are written to a redo file and synced.
 *   <li>The batches and the consumed offsets are committed in one Kafka transaction.
 *   <li>The changes are committed to the store.
 * </ol>
 *
 * After a crash the log decides. A new producer with the run's {@code transactional.id} fences a predecessor and settles its open
 * transaction. Then the last committed batch tells whether the redo file's transaction happened. If it did, its changes are
 * applied; if it did not, they are dropped and the records are read again. A committed decision never changes.
 */
package dev.apprentice.dataset.stream;
