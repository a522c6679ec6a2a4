package dev.apprentice.cli.generate;

/** Thrown if a model's answer cannot be used. The message names the model and quotes the answer. */
final class UnusableAnswerException extends RuntimeException {

    UnusableAnswerException(String message) {
        super(message);
    }
}
