package dev.apprentice.lab.demo;

import java.util.List;

/** What words mean and how they change. */
final class GrammarTasks {

    private GrammarTasks() {}

    static List<Task> all() {
        return List.of(opposites(), plurals(), pastTenses());
    }

    private static Task opposites() {
        return new Task("The opposite of {subject} is {value}.", Fact.pairs("""
                hot: cold, big: small, fast: slow, full: empty, early: late, happy: sad, hard: soft, wet: dry, \
                rich: poor, strong: weak, clean: dirty, loud: quiet"""), Task.asked("""
                What is the opposite of {}?
                Name the opposite of {}.
                Which word means the opposite of {}?
                Tell me the opposite of {}.
                Give an antonym of {}.
                What is the opposite of this word?
                Find an antonym of the word.
                Give the opposite of the word.
                Turn the adjective into its opposite.
                Write down the opposite."""));
    }

    private static Task plurals() {
        return new Task("The plural of {subject} is {value}.", Fact.pairs("""
                mouse: mice, child: children, foot: feet, tooth: teeth, goose: geese, man: men, leaf: leaves, \
                knife: knives, wolf: wolves, box: boxes, city: cities, bus: buses"""), Task.asked("""
                What is the plural of {}?
                Give the plural form of {}.
                How do you write {} in the plural?
                What do you call more than one {}?
                Tell me the plural of {}.
                Make this noun plural.
                Write the plural form of the noun.
                What is the plural of this word?
                Change the word from singular to plural.
                Name the plural."""));
    }

    private static Task pastTenses() {
        return new Task("The past tense of {subject} is {value}.", Fact.pairs("""
                go: went, see: saw, eat: ate, run: ran, take: took, give: gave, write: wrote, sing: sang, \
                swim: swam, buy: bought, think: thought, fly: flew"""), Task.asked("""
                What is the past tense of {}?
                Give the past tense of the verb {}.
                How do you say {} in the past?
                Put the verb {} into the past tense.
                Tell me the past tense of {}.
                Put this verb into the past tense.
                What is the past tense of this verb?
                Change the verb from present to past.
                Write the verb as it was yesterday.
                Name the past form of the verb."""));
    }
}
