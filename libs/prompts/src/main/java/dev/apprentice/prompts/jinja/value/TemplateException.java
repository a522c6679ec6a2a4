package dev.apprentice.prompts.jinja.value;

/** A template that cannot be read or rendered; the message says why, and in which line where that is known. */
public final class TemplateException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public TemplateException(String message) {
        super(message);
    }

    public TemplateException(int line, String message) {
        super("line " + line + ": " + message);
    }
}
