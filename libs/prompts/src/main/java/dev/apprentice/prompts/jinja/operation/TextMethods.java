package dev.apprentice.prompts.jinja.operation;

import dev.apprentice.prompts.jinja.value.Arguments;
import dev.apprentice.prompts.jinja.value.Blanks;
import dev.apprentice.prompts.jinja.value.Budget;
import dev.apprentice.prompts.jinja.value.Callable;
import dev.apprentice.prompts.jinja.value.TemplateException;
import dev.apprentice.prompts.jinja.value.Text;
import dev.apprentice.prompts.jinja.value.TextBuilder;
import dev.apprentice.prompts.jinja.value.Tuple;
import dev.apprentice.prompts.jinja.value.Values;
import java.util.List;
import java.util.Locale;
import java.util.function.IntPredicate;
import java.util.function.UnaryOperator;

/** The methods of strings. Parts of a string keep their authors. */
public final class TextMethods {

    private TextMethods() {}

    /** Returns a method bound to its string; null if there is none of that name. */
    public static Callable of(Text text, String name, Budget budget) {
        budget.work(text.length());
        String value = text.toString();
        return switch (name) {
            case "upper" -> derived(text, words -> words.toUpperCase(Locale.ROOT));
            case "lower", "casefold" -> derived(text, words -> words.toLowerCase(Locale.ROOT));
            case "title" -> derived(text, TextMethods::title);
            case "capitalize" -> derived(text, TextMethods::capitalized);
            case "strip" -> arguments -> strip(text, arguments, true, true);
            case "lstrip" -> arguments -> strip(text, arguments, true, false);
            case "rstrip" -> arguments -> strip(text, arguments, false, true);
            case "split" -> arguments -> Splits.split(
                    text, arguments.text(0, "sep", null), arguments.integer(1, "maxsplit", -1), budget);
            case "rsplit" -> arguments -> Splits.splitFromEnd(
                    text, arguments.text(0, "sep", null), arguments.integer(1, "maxsplit", -1), budget);
            case "splitlines" -> arguments -> Splits.lines(text, arguments.flag(0, "keepends", false), budget);
            case "partition" -> arguments -> Splits.partition(text, required(arguments, "sep"), false);
            case "rpartition" -> arguments -> Splits.partition(text, required(arguments, "sep"), true);
            case "startswith" -> arguments -> anyOf(arguments, value::startsWith);
            case "endswith" -> arguments -> anyOf(arguments, value::endsWith);
            case "removeprefix" -> arguments -> {
                String prefix = required(arguments, "prefix").toString();
                return value.startsWith(prefix) ? text.part(prefix.length(), value.length()) : text;
            };
            case "removesuffix" -> arguments -> {
                String suffix = required(arguments, "suffix").toString();
                return value.endsWith(suffix) ? text.part(0, value.length() - suffix.length()) : text;
            };
            case "replace" -> arguments -> replace(
                    text, required(arguments, "old"), (Text) arguments.required(1, "new"), arguments.integer(2, "count", -1), budget);
            case "join" -> arguments -> joined(text, Values.entries(arguments.required(0, "iterable"), budget), budget);
            case "find" -> arguments -> position(value, value.indexOf(required(arguments, "sub").toString()));
            case "rfind" -> arguments -> position(value, value.lastIndexOf(required(arguments, "sub").toString()));
            case "index" -> arguments -> existing(position(value, value.indexOf(required(arguments, "sub").toString())));
            case "count" -> arguments -> (long) Splits.split(text, required(arguments, "sub"), -1, budget).size() - 1;
            case "format" -> arguments -> Formats.braces(text, arguments, budget);
            default -> more(text, name, budget);
        };
    }

    private static Callable more(Text text, String name, Budget budget) {
        String value = text.toString();
        return switch (name) {
            case "isdigit", "isdecimal", "isnumeric" -> arguments -> all(value, Character::isDigit);
            case "isalpha" -> arguments -> all(value, Character::isLetter);
            case "isalnum" -> arguments -> all(value, Character::isLetterOrDigit);
            case "isspace" -> arguments -> all(value, Blanks::isBlank);
            case "isupper" -> arguments -> isCase(value, value.toUpperCase(Locale.ROOT));
            case "islower" -> arguments -> isCase(value, value.toLowerCase(Locale.ROOT));
            case "ljust" -> arguments -> padded(text, arguments, 0, budget);
            case "rjust" -> arguments -> padded(text, arguments, 2, budget);
            case "center" -> arguments -> padded(text, arguments, 1, budget);
            case "zfill" -> arguments -> padded(
                    text, new Arguments(List.of(arguments.required(0, "width"), Text.of("0")), java.util.Map.of()), 2, budget);
            default -> null;
        };
    }

    private static Callable derived(Text text, UnaryOperator<String> made) {
        return arguments -> text.derive(made.apply(text.toString()));
    }

    private static Text required(Arguments arguments, String name) {
        arguments.required(0, name);
        return arguments.text(0, name, "");
    }

    private static boolean anyOf(Arguments arguments, java.util.function.Predicate<String> test) {
        Object parts = arguments.required(0, "prefix");
        return (parts instanceof Tuple tuple ? tuple : List.of(parts)).stream().anyMatch(part -> test.test(part.toString()));
    }

    private static boolean all(String value, IntPredicate test) {
        return !value.isEmpty() && value.codePoints().allMatch(test);
    }

    private static boolean isCase(String value, String changed) {
        return value.equals(changed) && value.codePoints().anyMatch(Character::isLetter);
    }

    private static long position(String value, int at) {
        return at < 0 ? -1 : value.codePointCount(0, at);
    }

    private static long existing(long position) {
        if (position < 0) {
            throw new TemplateException("the string does not hold what 'index' looks for");
        }
        return position;
    }

    public static Text strip(Text text, Arguments arguments, boolean begin, boolean end) {
        Text characters = arguments.text(0, "chars", null);
        IntPredicate stripped = characters == null ? Blanks::isBlank : character -> characters.toString().indexOf(character) >= 0;
        int from = begin ? Blanks.begin(text.toString(), stripped) : 0;
        return text.part(from, end ? Blanks.end(text.toString(), from, stripped) : text.length());
    }

    public static String capitalized(String words) {
        return words.isEmpty() ? words : words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1).toLowerCase(Locale.ROOT);
    }

    private static String title(String words) {
        StringBuilder title = new StringBuilder();
        boolean inWord = false;
        for (char character : words.toCharArray()) {
            title.append(inWord ? Character.toLowerCase(character) : Character.toTitleCase(character));
            inWord = Character.isLetter(character);
        }
        return title.toString();
    }

    static Text replace(Text text, Text old, Text with, int count, Budget budget) {
        TextBuilder replaced = new TextBuilder(budget);
        int from = 0;
        int left = count < 0 ? Integer.MAX_VALUE : count;
        String value = text.toString();
        for (int at = value.indexOf(old.toString()); at >= 0 && left > 0; left--) {
            replaced.append(text.part(from, at)).append(with);
            from = at + old.length();
            if (old.isEmpty() && at == value.length()) {
                break;
            }
            at = value.indexOf(old.toString(), old.isEmpty() ? at + 1 : from);
        }
        return replaced.append(text.part(Math.min(from, value.length()), value.length())).build();
    }

    public static Text joined(Text separator, List<Object> parts, Budget budget) {
        TextBuilder joined = new TextBuilder(budget);
        for (int i = 0; i < parts.size(); i++) {
            joined.append(i == 0 ? Text.EMPTY : separator).append(Values.text(parts.get(i), budget));
        }
        return joined.build();
    }

    /**
     * Pads a text to a width.
     *
     * @param left how much of the padding comes before the text: 0 none, 1 half, 2 all
     */
    static Text padded(Text text, Arguments arguments, int left, Budget budget) {
        int missing = arguments.integer(0, "width", 0) - Values.length(text);
        if (missing <= 0) {
            return text;
        }
        budget.requireSize(missing);
        String filler = arguments.text(1, "fillchar", " ").toString();
        int before = missing * left / 2;
        return new TextBuilder(budget)
                .append(filler.repeat(before)).append(text).append(filler.repeat(missing - before)).build();
    }
}
