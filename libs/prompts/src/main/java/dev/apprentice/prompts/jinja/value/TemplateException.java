package dev.apprentice.prompts.jinja.value;

/** A template cannot be parsed or rendered. The message gives the reason, and the line if it is known. */
public final class TemplateException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public TemplateException(String message) {
        super(message);
    }

    public TemplateException(String message, Throwable cause) {
        super(message, cause);
    }

    public TemplateException(int line, String message) {
        super("line " + line + ": " + message);
    }
}
