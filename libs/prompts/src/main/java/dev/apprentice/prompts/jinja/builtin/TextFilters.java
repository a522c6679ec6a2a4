package dev.apprentice.prompts.jinja.builtin;

import dev.apprentice.prompts.jinja.operation.Formats;
import dev.apprentice.prompts.jinja.operation.Operators;
import dev.apprentice.prompts.jinja.operation.Splits;
import dev.apprentice.prompts.jinja.operation.TextMethods;
import dev.apprentice.prompts.jinja.value.Arguments;
import dev.apprentice.prompts.jinja.value.Budget;
import dev.apprentice.prompts.jinja.value.TemplateException;
import dev.apprentice.prompts.jinja.value.Text;
import dev.apprentice.prompts.jinja.value.TextBuilder;
import dev.apprentice.prompts.jinja.value.Tuple;
import dev.apprentice.prompts.jinja.value.Values;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Filters whose result is text. */
final class TextFilters {

    private static final Pattern WORD_BEGIN = Pattern.compile("([-\\s({\\[<]+)|([^-\\s({\\[<]+)");

    private static final Pattern WORD = Pattern.compile("\\w+", Pattern.UNICODE_CHARACTER_CLASS);
    /** The width of the filter 'center', unless it is given. */
    private static final long CENTER = 80;

    static final Map<String, Filter> ALL = Map.ofEntries(
            Map.entry("string", (value, arguments, budget) -> Values.text(value, budget)),
            Map.entry("safe", (value, arguments, budget) -> Values.text(value, budget)),
            Map.entry("upper", method("upper")),
            Map.entry("lower", method("lower")),
            Map.entry("capitalize", method("capitalize")),
            Map.entry("center", (value, arguments, budget) -> method("center")
                    .apply(value, Arguments.of(arguments.get(0, "width", CENTER)), budget)),
            Map.entry("replace", (value, arguments, budget) -> method("replace").apply(value, texts(arguments, budget), budget)),
            Map.entry("title", (value, arguments, budget) -> title(Values.text(value, budget), budget)),
            Map.entry("trim", (value, arguments, budget) -> TextMethods.strip(Values.text(value, budget), arguments, true, true, budget)),
            Map.entry("indent", (value, arguments, budget) -> indented(Values.text(value, budget), arguments, budget)),
            Map.entry("escape", (value, arguments, budget) -> escaped(Values.text(value, budget), budget)),
            Map.entry("e", (value, arguments, budget) -> escaped(Values.text(value, budget), budget)),
            Map.entry("format", (value, arguments, budget) -> Formats.percent(
                    Values.text(value, budget),
                    arguments.named().isEmpty() ? new Tuple(arguments.positional()) : named(arguments), budget)),
            Map.entry("truncate", (value, arguments, budget) -> truncated(Values.text(value, budget), arguments, budget)),
            Map.entry("wordcount", (value, arguments, budget) ->
                    words(Values.text(value, budget), budget)),
            Map.entry("urlencode", (value, arguments, budget) -> encoded(Values.text(value, budget), budget)));

    private TextFilters() {}

    private static Filter method(String name) {
        return (value, arguments, budget) -> TextMethods.of(Values.text(value, budget), name, budget).call(arguments);
    }

    /** Returns the arguments of 'replace', whose filter takes the text of any value. */
    private static Arguments texts(Arguments given, Budget budget) {
        return Arguments.of(
                Values.text(given.required(0, "old"), budget),
                Values.text(given.required(1, "new"), budget),
                given.get(2, "count", null));
    }

    private static long words(Text text, Budget budget) {
        budget.part(text, text.length());
        return WORD.matcher(text.toString()).results().count();
    }

    private static Text encoded(Text text, Budget budget) {
        String encoded = URLEncoder.encode(text.toString(), StandardCharsets.UTF_8).replace("+", "%20").replace("%2F", "/");
        return new TextBuilder(budget).append(encoded, text.anyAuthor()).build();
    }

    private static Object named(Arguments arguments) {
        java.util.Map<Object, Object> named = new java.util.HashMap<>();
        arguments.named().forEach((name, value) -> named.put(Text.of(name), value));
        return named;
    }

    private static Text title(Text text, Budget budget) {
        budget.part(text, text.length() * 4);
        StringBuilder title = new StringBuilder();
        for (Matcher words = WORD_BEGIN.matcher(text.toString()); words.find(); ) {
            title.append(words.group(1) == null ? TextMethods.capitalized(words.group()) : words.group());
        }
        return text.derive(title.toString());
    }

    private static Text indented(Text text, Arguments arguments, Budget budget) {
        Object width = arguments.get(0, "width", 4L);
        Text indent = width instanceof Text given ? given : (Text) Operators.calculate("*", Text.of(" "), width, budget);
        boolean first = arguments.flag(1, "first", false);
        boolean blank = arguments.flag(2, "blank", false);
        List<Object> lines = Splits.lines(new TextBuilder(budget).append(text).append("\n").build(), false, budget);
        TextBuilder out = new TextBuilder(budget);
        for (int i = 0; i < lines.size(); i++) {
            Text line = (Text) lines.get(i);
            boolean indented = i == 0 ? first : blank || !line.isEmpty();
            out.append(i == 0 ? "" : "\n").append(indented ? indent : Text.EMPTY).append(line);
        }
        return out.build();
    }

    private static Text escaped(Text text, Budget budget) {
        TextBuilder out = new TextBuilder(budget);
        for (int i = 0; i < text.length(); i++) {
            char character = text.toString().charAt(i);
            out.append(switch (character) {
                case '&' -> "&amp;";
                case '<' -> "&lt;";
                case '>' -> "&gt;";
                case '\'' -> "&#39;";
                case '"' -> "&#34;";
                default -> String.valueOf(character);
            }, text.author(i));
        }
        return out.build();
    }

    private static Text truncated(Text text, Arguments arguments, Budget budget) {
        int length = arguments.integer(0, "length", 255);
        Text end = arguments.text(2, "end", "...");
        int leeway = arguments.integer(3, "leeway", 5);
        if (length < end.length() || leeway < 0) {
            throw new TemplateException("'truncate' needs a length of at least that of its end, and a leeway of at least 0");
        }
        budget.part(text, text.length());
        if (text.length() <= (long) length + leeway) {
            return text;
        }
        Text cut = text.part(0, length - end.length());
        int space = cut.toString().lastIndexOf(' ');
        Text kept = arguments.flag(1, "killwords", false) || space < 0 ? cut : cut.part(0, space);
        return new TextBuilder(budget).append(kept).append(end).build();
    }
}
