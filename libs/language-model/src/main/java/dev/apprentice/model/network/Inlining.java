package dev.apprentice.model.network;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Inlines calls of methods that return a single expression. PyTorch can inline only together with optimizations that compile a
 * program anew for each shape. A call takes as long as launching a small operator.
 *
 * <p>If an argument is not a plain name and is used more than once, a line of its own computes it first. Such a call is not
 * inlined in a line with a condition, because the condition may decide whether the argument is computed at all.
 */
public final class Inlining {

    private static final Pattern METHOD = Pattern.compile("  def (\\w+)\\(self(?:, (.*))?\\) -> .*:");
    private static final Pattern RESULT = Pattern.compile("    return (.*)");
    private static final Pattern CALL = Pattern.compile("self\\.(\\w+)\\(");
    private static final Pattern NAME = Pattern.compile("-?[\\w.]+(\\[[^\\[\\]()]*])?");
    private static final Pattern CONDITION = Pattern.compile(" (if|and|or) |^ *(if|elif|while) ");

    private final Map<String, Method> methods = new LinkedHashMap<>();
    private final List<String> result = new ArrayList<>();
    private int names;

    private record Method(List<String> parameters, String expression) {}

    private record Call(Method method, int start, int end, List<String> arguments) {}

    private Inlining() {}

    /** Returns the source of a class with the calls inlined. Every method stays, for callers from outside. */
    public static String of(String source) {
        Inlining inlining = new Inlining();
        List<String> lines = source.lines().toList();
        inlining.findMethods(lines);
        lines.forEach(inlining::add);
        return String.join("\n", inlining.result) + "\n";
    }

    private void findMethods(List<String> lines) {
        for (int i = 0; i < lines.size(); i++) {
            Matcher method = METHOD.matcher(lines.get(i));
            if (method.matches()) {
                List<String> body = lines.subList(i + 1, lines.size()).stream()
                        .takeWhile(line -> line.startsWith("    "))
                        .filter(line -> !line.startsWith("    #"))
                        .toList();
                Matcher returned = RESULT.matcher(body.get(0));
                if (body.size() == 1 && returned.matches()) {
                    List<String> parameters = method.group(2) == null
                            ? List.of()
                            : parts(method.group(2)).stream().map(text -> text.replaceAll(":.*", "")).toList();
                    methods.put(method.group(1), new Method(parameters, returned.group(1)));
                }
            }
        }
    }

    private void add(String line) {
        boolean isConditional = CONDITION.matcher(line).find();
        String rest = line;
        for (Call call = lastCall(rest, rest.length()); call != null; ) {
            int searched = call.start();
            if (!isConditional || needNoLine(call)) {
                rest = rest.substring(0, call.start()) + inlined(call, rest) + rest.substring(call.end());
                searched = rest.length();
            }
            call = lastCall(rest, searched);
        }
        result.add(rest);
    }

    /**
     * Returns the last call before {@code end}. The last call contains no other; if it is not inlined, earlier ones may contain
     * it.
     */
    private Call lastCall(String line, int end) {
        Call last = null;
        Matcher found = CALL.matcher(line);
        while (!line.stripLeading().startsWith("#") && found.find() && found.start() < end) {
            Method method = methods.get(found.group(1));
            if (method != null) {
                int close = close(line, found.end());
                last = new Call(method, found.start(), close + 1, parts(line.substring(found.end(), close)));
            }
        }
        return last;
    }

    private static boolean needNoLine(Call call) {
        for (int i = 0; i < call.arguments().size(); i++) {
            if (needsLine(call.method(), i, call.arguments().get(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean needsLine(Method method, int parameter, String argument) {
        Matcher use = use(method.parameters().get(parameter)).matcher(method.expression());
        return !NAME.matcher(argument).matches() && use.results().count() > 1;
    }

    private String inlined(Call call, String line) {
        Map<String, String> arguments = new LinkedHashMap<>();
        for (int i = 0; i < call.arguments().size(); i++) {
            String argument = call.arguments().get(i);
            if (needsLine(call.method(), i, argument)) {
                String name = "inlined_" + names++;
                result.add(line.replaceAll("\\S.*", "") + name + " = " + argument);
                argument = name;
            }
            arguments.put(call.method().parameters().get(i), NAME.matcher(argument).matches() ? argument : "(" + argument + ")");
        }
        Matcher name = Pattern.compile("(?<![\\w.\"])[a-z_]\\w*(?![\\w\"])(?!=[^=])").matcher(call.method().expression());
        return "(" + name.replaceAll(found -> Matcher.quoteReplacement(arguments.getOrDefault(found.group(), found.group()))) + ")";
    }

    private static Pattern use(String parameter) {
        return Pattern.compile("(?<![\\w.\"])" + parameter + "(?![\\w\"])(?!=[^=])");
    }

    /** Splits a text at the commas outside of brackets. */
    private static List<String> parts(String text) {
        List<String> parts = new ArrayList<>();
        int start = 0;
        int depth = 0;
        for (int i = 0; i < text.length(); i++) {
            depth += depth(text.charAt(i));
            if (text.charAt(i) == ',' && depth == 0) {
                parts.add(text.substring(start, i).strip());
                start = i + 1;
            }
        }
        if (!text.isBlank()) {
            parts.add(text.substring(start).strip());
        }
        return parts;
    }

    private static int close(String line, int first) {
        int depth = 1;
        int i = first;
        while ((depth += depth(line.charAt(i))) > 0) {
            i++;
        }
        return i;
    }

    private static int depth(char c) {
        return c == '(' || c == '[' ? 1 : c == ')' || c == ']' ? -1 : 0;
    }
}
