package dev.apprentice.prompts.jinja.operation;

import dev.apprentice.prompts.jinja.value.Arguments;
import dev.apprentice.prompts.jinja.value.Blanks;
import dev.apprentice.prompts.jinja.value.Budget;
import dev.apprentice.prompts.jinja.value.Callable;
import dev.apprentice.prompts.jinja.value.Numbers;
import dev.apprentice.prompts.jinja.value.TemplateException;
import dev.apprentice.prompts.jinja.value.Text;
import dev.apprentice.prompts.jinja.value.TextBuilder;
import dev.apprentice.prompts.jinja.value.Values;
import java.util.BitSet;
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
            case "upper" -> derived(text, words -> words.toUpperCase(Locale.ROOT), budget);
            case "lower", "casefold" -> derived(text, words -> words.toLowerCase(Locale.ROOT), budget);
            case "title" -> derived(text, TextMethods::title, budget);
            case "capitalize" -> derived(text, TextMethods::capitalized, budget);
            case "strip" -> arguments -> strip(text, arguments, true, true, budget);
            case "lstrip" -> arguments -> strip(text, arguments, true, false, budget);
            case "rstrip" -> arguments -> strip(text, arguments, false, true, budget);
            case "split" -> arguments -> Splits.split(
                    text, arguments.text(0, "sep", null), arguments.integer(1, "maxsplit", -1), budget);
            case "rsplit" -> arguments -> Splits.splitFromEnd(
                    text, arguments.text(0, "sep", null), arguments.integer(1, "maxsplit", -1), budget);
            case "splitlines" -> arguments -> Splits.lines(text, arguments.flag(0, "keepends", false), budget);
            case "partition" -> arguments -> Splits.partition(text, arguments.requiredText(0, "sep"), false, budget);
            case "rpartition" -> arguments -> Splits.partition(text, arguments.requiredText(0, "sep"), true, budget);
            case "startswith" -> arguments -> Searches.begins(text, arguments, budget);
            case "endswith" -> arguments -> Searches.ends(text, arguments, budget);
            case "removeprefix" -> arguments -> {
                String prefix = arguments.requiredText(0, "prefix").toString();
                return value.startsWith(prefix) ? part(text, prefix.length(), value.length(), budget) : text;
            };
            case "removesuffix" -> arguments -> {
                String suffix = arguments.requiredText(0, "suffix").toString();
                return value.endsWith(suffix) ? part(text, 0, value.length() - suffix.length(), budget) : text;
            };
            case "replace" -> arguments -> replace(
                    text, arguments.requiredText(0, "old"), arguments.requiredText(1, "new"), arguments.integer(2, "count", -1), budget);
            case "join" -> arguments -> joined(text, texts(Values.entries(arguments.required(0, "iterable"), budget)), budget);
            case "find" -> arguments -> Searches.find(text, arguments, false, budget);
            case "rfind" -> arguments -> Searches.find(text, arguments, true, budget);
            case "index" -> arguments -> Searches.index(text, arguments, false, budget);
            case "rindex" -> arguments -> Searches.index(text, arguments, true, budget);
            case "count" -> arguments -> Searches.count(text, arguments, budget);
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
            case "ljust" -> arguments -> padded(text, arguments, Padding.Side.AFTER, budget);
            case "rjust" -> arguments -> padded(text, arguments, Padding.Side.BEFORE, budget);
            case "center" -> arguments -> padded(text, arguments, Padding.Side.BOTH, budget);
            case "zfill" -> arguments -> Padding.zeros(text, "+-", Numbers.integer(arguments.required(0, "width")), budget);
            default -> null;
        };
    }

    private static Callable derived(Text text, UnaryOperator<String> made, Budget budget) {
        return arguments -> {
            budget.part(text, text.length());
            return text.derive(made.apply(text.toString()));
        };
    }

    private static Text part(Text text, int from, int to, Budget budget) {
        budget.part(text, to - from);
        return text.part(from, to);
    }

    private static List<Object> texts(List<Object> parts) {
        for (Object part : parts) {
            if (!(part instanceof Text)) {
                throw new TemplateException("'join' of a string needs strings, not " + Values.kind(part));
            }
        }
        return parts;
    }

    private static boolean all(String value, IntPredicate test) {
        return !value.isEmpty() && value.codePoints().allMatch(test);
    }

    public static boolean isCase(String value, String changed) {
        return value.equals(changed)
                && value.codePoints().anyMatch(letter ->
                        Character.isUpperCase(letter) || Character.isLowerCase(letter) || Character.isTitleCase(letter));
    }

    public static Text strip(Text text, Arguments arguments, boolean begin, boolean end, Budget budget) {
        Text characters = arguments.text(0, "chars", null);
        IntPredicate stripped = characters == null ? Blanks::isBlank : anyOf(characters, budget);
        int from = begin ? Blanks.begin(text.toString(), stripped) : 0;
        int to = end ? Blanks.end(text.toString(), from, stripped) : text.length();
        budget.work(text.length());
        return part(text, from, to, budget);
    }

    private static IntPredicate anyOf(Text characters, Budget budget) {
        budget.list(characters.length());
        BitSet set = new BitSet();
        characters.toString().codePoints().forEach(set::set);
        return set::get;
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
        budget.search(text.length(), old.length());
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
            at = value.indexOf(old.toString(), old.isEmpty() ? value.offsetByCodePoints(at, 1) : from);
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

    private static Text padded(Text text, Arguments arguments, Padding.Side side, Budget budget) {
        return Padding.padded(
                text, Numbers.integer(arguments.required(0, "width")), arguments.text(1, "fillchar", " "), side, budget);
    }
}
