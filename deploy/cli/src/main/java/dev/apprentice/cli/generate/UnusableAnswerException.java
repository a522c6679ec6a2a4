package dev.apprentice.cli.generate;

/** A model answered, and nothing can be made of it. The message names the model and what it said. */
final class UnusableAnswerException extends RuntimeException {

    UnusableAnswerException(String message) {
        super(message);
    }
}
