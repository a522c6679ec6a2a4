package dev.apprentice.dataset.stream;

/** What a {@link StreamStore} keeps, table by table. */
enum StoreTable {
    /** By example id: its newest text, as a hash. */
    IDS,
    /** By text: the {@link KnownText}. */
    TEXTS,
    /** By place in the queue: a {@link StreamRow} that waits for its batch. */
    WAITING,
    /** By place it had in the queue: a {@link StreamRow} that a batch held. */
    LEARNED,
    /** By text: an example held out for the exam. */
    EXAM,
    /** By text: an example held out to measure the loss on. */
    VALIDATION,
    /** By name: a number, such as how many batches there are. */
    NUMBERS
}
