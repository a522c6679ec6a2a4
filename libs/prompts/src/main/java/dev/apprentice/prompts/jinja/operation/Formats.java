package dev.apprentice.prompts.jinja.operation;

import dev.apprentice.prompts.jinja.value.Arguments;
import dev.apprentice.prompts.jinja.value.Budget;
import dev.apprentice.prompts.jinja.value.Numbers;
import dev.apprentice.prompts.jinja.value.TemplateException;
import dev.apprentice.prompts.jinja.value.Text;
import dev.apprentice.prompts.jinja.value.TextBuilder;
import dev.apprentice.prompts.jinja.value.Tuple;
import dev.apprentice.prompts.jinja.value.Values;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Formatting with {@code '%s' % value} and {@code '{}'.format(value)}. */
public final class Formats {

    private static final Pattern PERCENT = Pattern.compile("%(?:\\((\\w+)\\))?([-0+ #]*)(\\d{0,4})(?:\\.(\\d{1,2}))?([a-zA-Z%])");
    /** The work of writing the digits of a number, which may have thousands, in characters. */
    private static final int NUMBER = 2000;
    private static final Text SPACE = Text.of(" ");
    private static final Pattern BRACES = Pattern.compile("\\{\\{|}}|\\{([^{}]*)}");

    private Formats() {}

    /** Evaluates {@code format % given}: a tuple has the values of the format, a dict its named values. */
    public static Text percent(Text format, Object given, Budget budget) {
        TextBuilder out = new TextBuilder(budget);
        Iterator<?> left = (given instanceof Tuple tuple ? tuple : Tuple.of(given)).iterator();
        Matcher matcher = PERCENT.matcher(format.toString());
        int from = 0;
        for (int at = format.toString().indexOf('%'); at >= 0; at = format.toString().indexOf('%', from)) {
            if (!matcher.region(at, format.length()).lookingAt()) {
                throw new TemplateException("'%' at character " + (at + 1) + " begins no format; '%%' is the sign itself");
            }
            out.append(part(format, from, at, budget));
            from = matcher.end();
            if (matcher.group(5).equals("%")) {
                out.append("%");
                continue;
            }
            if (matcher.group(1) == null && !left.hasNext()) {
                throw new TemplateException("the format needs more values than it gets");
            }
            Object value = matcher.group(1) == null ? left.next() : named(given, matcher.group(1), budget);
            out.append(padded(written(value, matcher, budget), matcher, budget));
        }
        if (left.hasNext() && !(given instanceof Map) && !(given instanceof List && !(given instanceof Tuple))) {
            throw new TemplateException("the format needs fewer values than it gets");
        }
        return out.append(part(format, from, format.length(), budget)).build();
    }

    private static Text part(Text text, int from, int to, Budget budget) {
        budget.part(text, to - from);
        return text.part(from, to);
    }

    private static Object named(Object given, String name, Budget budget) {
        if (!(given instanceof Map<?, ?> values)) {
            throw new TemplateException("the format '%(" + name + ")' needs a dict, not " + Values.kind(given));
        }
        Object key = Values.key(Text.of(name), values, budget);
        if (!values.containsKey(key)) {
            throw new TemplateException("the format needs a value '" + name + "'");
        }
        return values.get(key);
    }

    private static Text written(Object value, Matcher format, Budget budget) {
        char kind = format.group(5).charAt(0);
        int precision = format.group(4) == null ? -1 : Integer.parseInt(format.group(4));
        return switch (kind) {
            case 's' -> cut(Values.text(value, budget), precision, budget);
            case 'r' -> cut(Values.repr(value, budget), precision, budget);
            case 'd', 'i' -> signed(whole(value, budget).setScale(0, RoundingMode.DOWN).toPlainString(), format);
            case 'f' -> signed(real(value, precision < 0 ? 6 : precision, budget), format);
            case 'x' -> {
                if (!Numbers.isInteger(value)) {
                    throw new TemplateException("the format '%x' needs a whole number, not " + Values.kind(value));
                }
                yield signed(Numbers.big(value).toString(16), format);
            }
            default -> throw new TemplateException("the format '%" + kind + "' is not supported; there are s, r, d, i, f, x");
        };
    }

    private static Text cut(Text text, int length, Budget budget) {
        if (length < 0 || length >= Values.length(text, budget)) {
            return text;
        }
        return part(text, 0, text.toString().offsetByCodePoints(0, length), budget);
    }

    private static Text signed(String number, Matcher format) {
        String flags = format.group(2);
        String sign = number.startsWith("-") ? "" : flags.contains("+") ? "+" : flags.contains(" ") ? " " : "";
        return Text.of(sign + number);
    }

    private static BigDecimal whole(Object value, Budget budget) {
        budget.work(NUMBER);
        if (!Numbers.isFinite(Operators.number(value))) {
            throw new TemplateException(Numbers.text((Double) value) + " cannot be written as a whole number");
        }
        return value instanceof Double real ? new BigDecimal(real) : new BigDecimal(Numbers.big(value));
    }

    private static String real(Object value, int precision, Budget budget) {
        if (!Numbers.isFinite(Operators.number(value))) {
            return Numbers.text((Double) value);
        }
        BigDecimal rounded = whole(value, budget).setScale(precision, RoundingMode.HALF_EVEN);
        boolean negativeZero = rounded.signum() == 0 && value instanceof Double real && (real < 0 || 1 / real < 0);
        return (negativeZero ? "-" : "") + rounded.toPlainString();
    }

    private static Text padded(Text written, Matcher format, Budget budget) {
        String flags = format.group(2);
        long width = format.group(3).isEmpty() ? 0 : Integer.parseInt(format.group(3));
        if (flags.contains("-")) {
            return Padding.padded(written, width, SPACE, Padding.Side.AFTER, budget);
        }
        return flags.contains("0") && "difx".contains(format.group(5))
                ? Padding.zeros(written, "+- ", width, budget)
                : Padding.padded(written, width, SPACE, Padding.Side.BEFORE, budget);
    }

    static Text braces(Text format, Arguments arguments, Budget budget) {
        TextBuilder out = new TextBuilder(budget);
        Matcher matcher = BRACES.matcher(format.toString());
        int from = 0;
        int place = 0;
        while (matcher.find(from)) {
            out.append(part(format, from, matcher.start(), budget));
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
        return out.append(part(format, from, format.length(), budget)).build();
    }

    private static Object named(Arguments arguments, String name) {
        if (!arguments.named().containsKey(name)) {
            throw new TemplateException("the format needs a value '" + name + "'");
        }
        return arguments.named().get(name);
    }
}
