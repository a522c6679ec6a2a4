package dev.apprentice.judge.metrics;

/** 1 if both texts are equal except for white space at their ends; else 0. */
public final class ExactMatch implements ReferenceMetric {

    static final String NAME = "exact_match";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public double of(String reference, String response) {
        return reference.strip().equals(response.strip()) ? 1 : 0;
    }
}
