package dev.apprentice.contracts;

/** The key that prompts, responses and scores share: what makes everything past training idempotent. */
final class ExampleKey {

    private ExampleKey() {}

    static String of(String run, int step, String example) {
        return run + "/" + step + "/" + example;
    }
}
