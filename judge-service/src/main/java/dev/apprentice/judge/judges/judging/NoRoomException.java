package dev.apprentice.judge.judges.judging;

/** A model's queue is full, or the model is away: the question must be asked later. */
public class NoRoomException extends RuntimeException {

    NoRoomException(String model) {
        super("judge '" + model + "' has no room for another question");
    }
}
