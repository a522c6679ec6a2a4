package dev.apprentice.contracts.event;

/** The key that prompts, responses and scores share: what makes everything past training idempotent. */
final class ExampleKey {

    private ExampleKey() {}

    static String of(String run, int step, String example) {
        return run + "/" + step + "/" + example;
    }
}
