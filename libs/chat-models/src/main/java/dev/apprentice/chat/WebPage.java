package dev.apprentice.chat;

/** Tells a web page from a model's answer: a proxy, a login page or a wrong address answers with one. */
public final class WebPage {

    static final String WORDS = "the address answers with a web page, not with a model's interface";

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private WebPage() {}

    /** Whether a body is HTML or XML: JSON never begins as these do. */
    public static boolean isOne(String body) {
        return body != null && body.replace(BYTE_ORDER_MARK, "").stripLeading().startsWith("<");
    }
}
