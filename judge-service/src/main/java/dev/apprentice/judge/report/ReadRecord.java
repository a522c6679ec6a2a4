package dev.apprentice.judge.report;

import dev.apprentice.contracts.event.Event;
import java.util.Optional;

/**
 * A record after an attempt to read it.
 *
 * @param json the value as it came, or as a dead letter carries it
 * @param event what it says; empty where that could not be read, and then the record's headers tell why
 */
record ReadRecord<E extends Event>(byte[] json, Optional<E> event) {}
