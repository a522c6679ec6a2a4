package dev.apprentice.prompts.jinja.builtin;

import dev.apprentice.prompts.jinja.value.Budget;
import dev.apprentice.prompts.jinja.value.TemplateException;
import dev.apprentice.prompts.jinja.value.Text;
import dev.apprentice.prompts.jinja.value.TextBuilder;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;

/** Python's {@code strftime}, in English. */
final class Dates {

    private static final Map<Character, String> PATTERNS = Map.ofEntries(
            Map.entry('Y', "yyyy"), Map.entry('y', "yy"), Map.entry('m', "MM"), Map.entry('d', "dd"), Map.entry('B', "MMMM"),
            Map.entry('b', "MMM"), Map.entry('A', "EEEE"), Map.entry('a', "EEE"), Map.entry('H', "HH"), Map.entry('I', "hh"),
            Map.entry('M', "mm"), Map.entry('S', "ss"), Map.entry('p', "a"), Map.entry('j', "DDD"), Map.entry('f', "SSSSSS"),
            Map.entry('F', "yyyy-MM-dd"), Map.entry('T', "HH:mm:ss"), Map.entry('D', "MM/dd/yy"), Map.entry('R', "HH:mm"));

    private Dates() {}

    static Text format(LocalDateTime now, Text written, Budget budget) {
        String format = written.toString();
        TextBuilder date = new TextBuilder(budget);
        for (int i = 0; i < format.length(); i++) {
            char character = format.charAt(i);
            if (character != '%' || i + 1 == format.length()) {
                date.append(String.valueOf(character));
                continue;
            }
            boolean unpadded = format.charAt(i + 1) == '-' && i + 2 < format.length();
            i += unpadded ? 2 : 1;
            date.append(unpadded ? part(now, format.charAt(i)).replaceFirst("^0+(?=\\d)", "") : part(now, format.charAt(i)));
        }
        return date.build();
    }

    private static String part(LocalDateTime now, char directive) {
        if (directive == '%') {
            return "%";
        }
        String pattern = PATTERNS.get(directive);
        if (pattern == null) {
            throw new TemplateException("strftime_now does not know '%" + directive + "'");
        }
        return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).format(now);
    }
}
