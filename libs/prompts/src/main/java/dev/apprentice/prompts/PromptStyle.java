package dev.apprentice.prompts;

/** How an instruction becomes text. Each style is written exactly as the textbook does. */
public enum PromptStyle {
    /** Stanford Alpaca (Taori et al., 2023), as in the textbook's chapter 7. */
    ALPACA("alpaca") {
        @Override
        public String prompt(String instruction, String input) {
            return PREAMBLE + "\n\n### Instruction:\n" + instruction
                    + (input.isEmpty() ? "" : "\n\n### Input:\n" + input);
        }

        @Override
        String answerHeader() {
            return "\n\n### Response:\n";
        }
    },
    /** Phi-3 (Abdin et al., 2024), as in the textbook's exercise 7.1. */
    PHI3("phi3") {
        @Override
        public String prompt(String instruction, String input) {
            return "<|user|>\n" + instruction + (input.isEmpty() ? "" : "\n" + input);
        }

        @Override
        String answerHeader() {
            return "\n<|assistant|>\n";
        }
    };

    private static final String PREAMBLE = "Below is an instruction that describes a task. "
            + "Write a response that appropriately completes the request.";

    private final String id;

    PromptStyle(String id) {
        this.id = id;
    }

    /** The name in specifications and on the command line. */
    public String id() {
        return id;
    }

    /** The question part. */
    public abstract String prompt(String instruction, String input);

    /** What stands between question and answer. */
    abstract String answerHeader();

    /** The text to give a model that shall answer: everything it generates is the response. */
    public String question(String instruction, String input) {
        return prompt(instruction, input) + answerHeader();
    }

    /** @throws IllegalArgumentException naming the styles there are */
    public static PromptStyle of(String id) {
        for (PromptStyle style : values()) {
            if (style.id.equals(id)) {
                return style;
            }
        }
        throw new IllegalArgumentException("prompt style '" + id + "' is unknown; there are alpaca and phi3");
    }
}
