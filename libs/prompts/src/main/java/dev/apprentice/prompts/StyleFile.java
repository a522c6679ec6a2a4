package dev.apprentice.prompts;

/**
 * The file of a prompt style: a template, with an optional head before it.
 *
 * <pre>
 * input: \n\n### Input:\n         what separates an instruction from its input, with \n for a new line
 * ---
 * {%- for message in messages -%} …
 * </pre>
 *
 * @param inputSeparator the text between an instruction and its input
 * @param template the Jinja template
 */
record StyleFile(String inputSeparator, String template) {

    private static final String KEY = "input: ";
    private static final String END_OF_HEAD = "\n---\n";
    private static final String USUAL = "\n\n";

    static StyleFile of(String text) {
        int end = text.indexOf(END_OF_HEAD);
        if (!text.startsWith(KEY) || end < 0 || text.indexOf('\n') != end) {
            return new StyleFile(USUAL, text);
        }
        return new StyleFile(text.substring(KEY.length(), end).replace("\\n", "\n"), text.substring(end + END_OF_HEAD.length()));
    }
}
