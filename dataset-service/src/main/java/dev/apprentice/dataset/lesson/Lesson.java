package dev.apprentice.dataset.lesson;

/**
 * What a run learns, ready to be published.
 *
 * @param curriculum its batches
 * @param train examples to learn from
 * @param test examples in the exam
 * @param validation examples to measure the loss on
 * @param overlong rows that were longer than the run allows
 * @param leftOut rows that are not in any batch because of that
 */
record Lesson(Curriculum curriculum, int train, int test, int validation, int overlong, int leftOut) {

    /** For the run's owner. */
    String summary() {
        String sizes = train + " examples to train on, " + test + " for the exam, " + validation + " to validate with";
        return overlong == 0
                ? sizes
                : sizes + "; " + overlong + " of them are too long, of which " + leftOut + " are left out";
    }
}
