package dev.apprentice.judge.report;

import dev.apprentice.contracts.event.Event;
import java.util.Optional;

/**
 * A record after an attempt to read it.
 *
 * @param json the record's value, or the value of the dead letter
 * @param event the event; empty if it could not be read, in which case the record's headers give the reason
 */
record ReadRecord<E extends Event>(byte[] json, Optional<E> event) {}
