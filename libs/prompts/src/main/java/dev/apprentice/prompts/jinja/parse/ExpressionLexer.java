package dev.apprentice.prompts.jinja.parse;

import dev.apprentice.prompts.jinja.parse.Token.Kind;
import dev.apprentice.prompts.jinja.value.Blanks;
import dev.apprentice.prompts.jinja.value.TemplateException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Splits the content of a tag into tokens. */
final class ExpressionLexer {

    private static final Pattern FLOAT =
            Pattern.compile("\\d+(?:_\\d+)*(?:\\.\\d+(?:_\\d+)*)?(?:[eE][+-]?\\d+(?:_\\d+)*)|\\d+(?:_\\d+)*\\.\\d+(?:_\\d+)*");
    private static final Pattern INTEGER = Pattern.compile("0[xX][0-9a-fA-F_]+|0[oO][0-7_]+|0[bB][01_]+|\\d+(?:_\\d+)*");
    private static final Pattern NAME = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_]*");
    private static final Pattern OPERATOR = Pattern.compile("\\*\\*|//|==|!=|<=|>=|[-+*/%~<>=()\\[\\]{},.:|;]");

    private final String source;
    private final String closing;
    private final Matcher matcher;
    private int line;
    private int brackets;

    ExpressionLexer(String source, int line, String closing) {
        this.source = source;
        this.line = line;
        this.closing = closing;
        this.matcher = NAME.matcher(source);
    }

    /**
     * Reads the tokens of a tag.
     *
     * @return the position of the tag's end, including its sign
     */
    int read(int from, List<Token> tokens) {
        int at = from;
        while (at < source.length()) {
            char character = source.charAt(at);
            if (Blanks.isBlank(character)) {
                line += character == '\n' ? 1 : 0;
                at++;
            } else if (brackets == 0 && isEnd(at)) {
                return at;
            } else if (character == '\'' || character == '"') {
                at = string(at, tokens);
            } else {
                at = token(at, tokens);
            }
        }
        throw new TemplateException(line, "a tag is not closed; it needs '" + closing + "'");
    }

    private boolean isEnd(int at) {
        char character = source.charAt(at);
        return source.startsWith(closing, at + (character == '-' || character == '+' ? 1 : 0));
    }

    private int token(int at, List<Token> tokens) {
        if (matches(FLOAT, at)) {
            tokens.add(new Token(Kind.FLOAT, matcher.group().replace("_", ""), line));
        } else if (matches(INTEGER, at)) {
            tokens.add(new Token(Kind.INTEGER, matcher.group().replace("_", ""), line));
        } else if (matches(NAME, at)) {
            tokens.add(new Token(Kind.NAME, matcher.group(), line));
        } else if (matches(OPERATOR, at)) {
            brackets += "([{".contains(matcher.group()) ? 1 : ")]}".contains(matcher.group()) ? -1 : 0;
            if (brackets < 0) {
                throw new TemplateException(line, "'" + matcher.group() + "' has no opening bracket");
            }
            tokens.add(new Token(Kind.OPERATOR, matcher.group(), line));
        } else {
            throw new TemplateException(line, "'" + source.charAt(at) + "' has no meaning in a tag");
        }
        return matcher.end();
    }

    private boolean matches(Pattern pattern, int at) {
        return matcher.usePattern(pattern).region(at, source.length()).lookingAt();
    }

    private int string(int at, List<Token> tokens) {
        StringBuilder text = new StringBuilder();
        int begin = line;
        for (int i = at + 1; i < source.length(); i++) {
            char character = source.charAt(i);
            if (character == source.charAt(at)) {
                tokens.add(new Token(Kind.STRING, text.toString(), begin));
                return i + 1;
            }
            line += character == '\n' ? 1 : 0;
            if (character == '\\' && i + 1 < source.length()) {
                i = escape(i + 1, text);
            } else {
                text.append(character);
            }
        }
        throw new TemplateException(begin, "a string has no end");
    }

    /**
     * Reads an escape sequence.
     *
     * @return its last position
     */
    private int escape(int at, StringBuilder text) {
        char character = source.charAt(at);
        int simple = "ntrbfav\\'\"".indexOf(character);
        if (simple >= 0) {
            text.append("\n\t\r\b\f\u0007\u000B\\'\"".charAt(simple));
            return at;
        }
        int digits = character == 'x' ? 2 : character == 'u' ? 4 : character == 'U' ? 8 : 0;
        if (digits > 0) {
            try {
                text.appendCodePoint(Integer.parseInt(source.substring(at + 1, at + 1 + digits), 16));
                return at + digits;
            } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
                throw new TemplateException(line, "'\\" + character + "' needs " + digits + " hexadecimal digits");
            }
        }
        if (character >= '0' && character <= '7') {
            int end = at;
            while (end < at + 3 && end < source.length() && source.charAt(end) >= '0' && source.charAt(end) <= '7') {
                end++;
            }
            text.append((char) Integer.parseInt(source.substring(at, end), 8));
            return end - 1;
        }
        if (character != '\n') {
            text.append('\\').append(character);
        }
        return at;
    }
}
