package dev.apprentice.chat;

/** Distinguishes a web page from a model's answer: proxies, login pages and wrong addresses answer with web pages. */
public final class WebPage {

    static final String WORDS = "the address answers with a web page, not with a model's interface";

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private WebPage() {}

    /** Tells whether a body is HTML or XML, which begin with a character that never begins JSON. */
    public static boolean isOne(String body) {
        return body != null && body.replace(BYTE_ORDER_MARK, "").stripLeading().startsWith("<");
    }
}
