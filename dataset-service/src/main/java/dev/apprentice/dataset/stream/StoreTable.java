package dev.apprentice.dataset.stream;

/** The tables of a {@link StreamStore}. */
enum StoreTable {
    /** By example id: the hash of its newest text. */
    IDS,
    /** By the text's hash: the {@link KnownText}. */
    TEXTS,
    /** By place in the queue: a {@link StreamRow} that waits for its batch. */
    WAITING,
    /** By the place it had in the queue: a {@link StreamRow} that a batch held. */
    LEARNED,
    /** By the text's hash: an example held out for the exam. */
    EXAM,
    /** By the text's hash: an example held out to measure the loss on. */
    VALIDATION,
    /** By name: a number, such as the number of published batches. */
    NUMBERS
}
