package dev.apprentice.lab.demo;

import java.util.List;
import java.util.Locale;

/** What can be done with the letters of a word. */
final class LetterTasks {

    private LetterTasks() {}

    static List<Task> all() {
        return List.of(spelling(), counting(), capitals(), reversal());
    }

    private static Task spelling() {
        return new Task("{value}", Fact.computed(
                "house bread tiger cloud river green chair night apple stone", word -> String.join("-", word.split(""))),
                Task.asked("""
                How do you spell {}?
                Spell the word {}.
                Spell {} letter by letter.
                Tell me the letters of {}.
                Write {} with a dash between the letters.
                Spell this word.
                Write the letters of the word one by one.
                Spell the word letter by letter.
                How is this word spelled?
                Put a dash between the letters."""));
    }

    private static Task counting() {
        return new Task("The word {subject} has {value} letters.", Fact.computed(
                "cat sun moon ship table music garden window kitchen elephant", word -> "" + word.length()),
                Task.asked("""
                How many letters does the word {} have?
                Count the letters in {}.
                How long is the word {}?
                What is the number of letters in {}?
                Tell me how many letters {} has.
                Count the letters of the word.
                How many letters are in this word?
                How long is this word?
                State the number of letters.
                Find the length of the word."""));
    }

    private static Task capitals() {
        return new Task("{value}", Fact.computed(
                "dog tree fish milk bird rain gold king snow book", word -> word.toUpperCase(Locale.ROOT)),
                Task.asked("""
                Write {} in capital letters.
                Put {} into upper case.
                How does {} look in capitals?
                Change {} to upper case.
                Write the word {} with capital letters only.
                Write the word in capital letters.
                Convert the text to upper case.
                Make every letter a capital.
                Rewrite this in capitals.
                Turn the small letters into large ones."""));
    }

    private static Task reversal() {
        return new Task("{value}", Fact.computed(
                "pot net star door ball lamp hand wind blue time", word -> new StringBuilder(word).reverse().toString()),
                Task.asked("""
                Write {} backwards.
                Reverse the word {}.
                What is {} spelled backwards?
                Read {} from right to left.
                Turn the letters of {} around.
                Reverse the word.
                Write this word backwards.
                Spell the word from its end.
                Turn the word around.
                Read the letters from right to left."""));
    }
}
