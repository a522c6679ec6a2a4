package dev.apprentice.model;

/**
 * Thrown if a model, tokenizer or weights file cannot be used. The message is one sentence that names the file, the problem and
 * the way out.
 */
public class ModelException extends RuntimeException {

    public ModelException(String message) {
        super(message);
    }

    public ModelException(String message, Throwable cause) {
        super(message, cause);
    }
}
