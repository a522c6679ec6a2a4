package dev.apprentice.prompts.jinja.operation;

import dev.apprentice.prompts.jinja.value.Arguments;
import dev.apprentice.prompts.jinja.value.Budget;
import dev.apprentice.prompts.jinja.value.Numbers;
import dev.apprentice.prompts.jinja.value.TemplateException;
import dev.apprentice.prompts.jinja.value.Text;
import dev.apprentice.prompts.jinja.value.Tuple;
import dev.apprentice.prompts.jinja.value.Values;
import java.util.List;
import java.util.function.BiPredicate;

/** Searches in a string, as Python does. The arguments {@code start} and {@code end} limit the search to a slice of it. */
final class Searches {

    private Searches() {}

    /**
     * A slice of a string.
     *
     * @param text its characters
     * @param from its begin in the whole string, in code points
     * @param isInside whether it begins in the string; a slice behind the end does not even hold an empty text
     */
    private record Slice(String text, long from, boolean isInside) {

        static Slice of(Text whole, Arguments arguments, Budget budget) {
            String text = whole.toString();
            if (arguments.get(1, "start", null) == null && arguments.get(2, "end", null) == null) {
                return new Slice(text, 0, true);
            }
            long length = Values.length(whole, budget);
            long from = bound(arguments.get(1, "start", null), 0, length);
            long to = Math.min(length, bound(arguments.get(2, "end", null), length, length));
            if (from > to) {
                return new Slice("", from, false);
            }
            budget.part(whole, (int) (to - from));
            int begin = text.offsetByCodePoints(0, (int) from);
            return new Slice(text.substring(begin, text.offsetByCodePoints(begin, (int) (to - from))), from, true);
        }

        private static long bound(Object given, long otherwise, long length) {
            long bound = given == null ? otherwise : Numbers.integer(given);
            return bound < 0 ? Math.max(0, bound + length) : bound;
        }
    }

    /** Returns the position of a text, in code points; -1 if it is not there. */
    static long find(Text text, Arguments arguments, boolean last, Budget budget) {
        String sought = arguments.requiredText(0, "sub").toString();
        Slice slice = Slice.of(text, arguments, budget);
        budget.search(slice.text.length(), sought.length());
        int at = last ? slice.text.lastIndexOf(sought) : slice.text.indexOf(sought);
        return at < 0 || !slice.isInside ? -1 : slice.from + slice.text.codePointCount(0, at);
    }

    static long index(Text text, Arguments arguments, boolean last, Budget budget) {
        long position = find(text, arguments, last, budget);
        if (position < 0) {
            throw new TemplateException("the string does not hold what '" + (last ? "rindex" : "index") + "' looks for");
        }
        return position;
    }

    static long count(Text text, Arguments arguments, Budget budget) {
        String sought = arguments.requiredText(0, "sub").toString();
        Slice slice = Slice.of(text, arguments, budget);
        if (sought.isEmpty()) {
            return slice.isInside ? slice.text.codePointCount(0, slice.text.length()) + 1L : 0;
        }
        budget.search(slice.text.length(), sought.length());
        long count = 0;
        for (int at = slice.text.indexOf(sought); at >= 0; at = slice.text.indexOf(sought, at + sought.length())) {
            count++;
        }
        return count;
    }

    static boolean begins(Text text, Arguments arguments, Budget budget) {
        return any(text, "prefix", arguments, String::startsWith, budget);
    }

    static boolean ends(Text text, Arguments arguments, Budget budget) {
        return any(text, "suffix", arguments, String::endsWith, budget);
    }

    private static boolean any(Text text, String name, Arguments arguments, BiPredicate<String, String> test, Budget budget) {
        Object given = arguments.required(0, name);
        List<?> parts = given instanceof Tuple tuple ? tuple : Tuple.of(given);
        Slice slice = Slice.of(text, arguments, budget);
        for (Object part : parts) {
            if (!(part instanceof Text sought)) {
                throw new TemplateException("'" + name + "' is " + Values.kind(part) + "; it must be a string or a tuple of strings");
            }
            budget.work(sought.length());
            if (slice.isInside && test.test(slice.text, sought.toString())) {
                return true;
            }
        }
        return false;
    }
}
