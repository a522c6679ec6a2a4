package dev.apprentice.prompts.jinja.operation;

import dev.apprentice.prompts.jinja.value.Arguments;
import dev.apprentice.prompts.jinja.value.Budget;
import dev.apprentice.prompts.jinja.value.Numbers;
import dev.apprentice.prompts.jinja.value.TemplateException;
import dev.apprentice.prompts.jinja.value.Text;
import dev.apprentice.prompts.jinja.value.TextBuilder;
import dev.apprentice.prompts.jinja.value.Values;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Formatting with {@code '%s' % value} and {@code '{}'.format(value)}. */
public final class Formats {

    private static final Pattern PERCENT = Pattern.compile("%(?:\\((\\w+)\\))?([-0+ #]*)(\\d{0,4})(?:\\.(\\d{1,2}))?([a-zA-Z%])");
    private static final Pattern BRACES = Pattern.compile("\\{\\{|}}|\\{([^{}]*)}");

    private Formats() {}

    public static Text percent(Text format, List<?> values, Budget budget) {
        TextBuilder out = new TextBuilder(budget);
        Iterator<?> left = values.iterator();
        Matcher matcher = PERCENT.matcher(format.toString());
        int from = 0;
        while (matcher.find(from)) {
            out.append(format.part(from, matcher.start()));
            from = matcher.end();
            if (matcher.group(5).equals("%")) {
                out.append("%");
                continue;
            }
            if (matcher.group(1) == null && !left.hasNext()) {
                throw new TemplateException("the format needs more values than it gets");
            }
            Object value = matcher.group(1) == null
                    ? left.next()
                    : Operators.item(values.get(0), Text.of(matcher.group(1)), budget);
            Text written = written(value, matcher.group(5).charAt(0), matcher.group(4), budget);
            int width = matcher.group(3).isEmpty() ? 0 : Integer.parseInt(matcher.group(3));
            String flags = matcher.group(2);
            Text filler = Text.of(flags.contains("0") && !flags.contains("-") ? "0" : " ");
            out.append(TextMethods.padded(written, Arguments.of((long) width, filler), flags.contains("-") ? 0 : 2, budget));
        }
        return out.append(format.part(from, format.length())).build();
    }

    private static Text written(Object value, char kind, String precision, Budget budget) {
        return switch (kind) {
            case 's' -> {
                Text text = Values.text(value, budget);
                yield precision == null ? text : text.part(0, Math.min(text.length(), Integer.parseInt(precision)));
            }
            case 'r' -> Values.repr(value, budget);
            case 'd', 'i' -> Text.of(new BigDecimal(number(value)).setScale(0, RoundingMode.DOWN).toPlainString());
            case 'f' -> Text.of(new BigDecimal(number(value))
                    .setScale(precision == null ? 6 : Integer.parseInt(precision), RoundingMode.HALF_EVEN)
                    .toPlainString());
            case 'x' -> Text.of(Numbers.big(Operators.number(value)).toString(16));
            default -> throw new TemplateException("the format '%" + kind + "' is not supported; there are s, r, d, i, f, x");
        };
    }

    private static String number(Object value) {
        Operators.number(value);
        return value instanceof Double real ? new BigDecimal(real).toPlainString() : Numbers.big(value).toString();
    }

    static Text braces(Text format, Arguments arguments, Budget budget) {
        TextBuilder out = new TextBuilder(budget);
        Matcher matcher = BRACES.matcher(format.toString());
        int from = 0;
        int place = 0;
        while (matcher.find(from)) {
            out.append(format.part(from, matcher.start()));
            from = matcher.end();
            String field = matcher.group(1);
            if (field == null) {
                out.append(matcher.group().substring(1));
                continue;
            }
            if (!field.matches("\\w*")) {
                throw new TemplateException("the format field '{" + field + "}' is not supported; write {}, {0} or {name}");
            }
            Object value = field.isEmpty()
                    ? arguments.required(place++, "{}")
                    : field.matches("\\d{1,4}") ? arguments.required(Integer.parseInt(field), field) : named(arguments, field);
            out.append(Values.text(value, budget));
        }
        return out.append(format.part(from, format.length())).build();
    }

    private static Object named(Arguments arguments, String name) {
        if (!arguments.named().containsKey(name)) {
            throw new TemplateException("the format needs a value '" + name + "'");
        }
        return arguments.named().get(name);
    }
}
