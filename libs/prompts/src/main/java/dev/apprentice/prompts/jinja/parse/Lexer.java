package dev.apprentice.prompts.jinja.parse;

import dev.apprentice.prompts.jinja.parse.Token.Kind;
import dev.apprentice.prompts.jinja.value.Blanks;
import dev.apprentice.prompts.jinja.value.TemplateException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Splits a template into tokens, with Jinja2's {@code trim_blocks} and {@code lstrip_blocks}: the first newline after a block is
 * removed, and so are the blanks before a block that begins its line.
 */
final class Lexer {

    private static final Pattern RAW_BEGIN = Pattern.compile("\\{%[-+]?\\s*raw\\s*(-%}\\s*|%})");
    private static final Pattern RAW_END = Pattern.compile("\\{%([-+]?)\\s*endraw\\s*(?:\\+%}|-%}\\s*|%}\\n?)");

    private final String source;
    private final List<Token> tokens = new ArrayList<>();
    private int at;
    private int line = 1;
    private boolean lineStarts = true;

    private Lexer(String source) {
        this.source = source;
    }

    static List<Token> tokens(String template) {
        String source = template.replace("\r\n", "\n").replace('\r', '\n');
        if (source.endsWith("\n")) {
            source = source.substring(0, source.length() - 1);
        }
        Lexer lexer = new Lexer(source);
        lexer.template();
        return lexer.tokens;
    }

    private void template() {
        while (at < source.length()) {
            int tag = nextTag();
            if (tag < 0) {
                data(source.substring(at));
                at = source.length();
                break;
            }
            char kind = source.charAt(tag + 1);
            data(stripped(source.substring(at, tag), sign(tag + 2), kind != '{'));
            advance(tag);
            switch (kind) {
                case '#' -> comment();
                case '{' -> tag(Kind.VARIABLE_BEGIN, Kind.VARIABLE_END, "}}");
                default -> blockOrRaw();
            }
        }
        tokens.add(new Token(Kind.END, "", line));
    }

    private int nextTag() {
        for (int i = source.indexOf('{', at); i >= 0 && i + 1 < source.length(); i = source.indexOf('{', i + 1)) {
            if ("{%#".indexOf(source.charAt(i + 1)) >= 0) {
                return i;
            }
        }
        return -1;
    }

    private char sign(int position) {
        return position < source.length() ? source.charAt(position) : ' ';
    }

    private String stripped(String data, char sign, boolean blankLinesToo) {
        if (sign == '-') {
            return Blanks.stripTrailing(data);
        }
        int lineBegin = data.lastIndexOf('\n') + 1;
        boolean blank = sign != '+' && blankLinesToo && (lineBegin > 0 || lineStarts);
        return blank && Blanks.isBlank(data.substring(lineBegin)) ? data.substring(0, lineBegin) : data;
    }

    private void data(String data) {
        if (!data.isEmpty()) {
            tokens.add(new Token(Kind.DATA, data, line));
        }
    }

    /** Moves to a position and counts the lines. */
    private void advance(int to) {
        for (int i = at; i < to; i++) {
            if (source.charAt(i) == '\n') {
                line++;
            }
        }
        if (to > at) {
            lineStarts = source.charAt(to - 1) == '\n';
        }
        at = to;
    }

    private void comment() {
        int end = source.indexOf("#}", at + 2);
        if (end < 0) {
            throw new TemplateException(line, "a comment has no end; it needs '#}'");
        }
        char sign = end > at + 2 ? source.charAt(end - 1) : ' ';
        advance(behindTag(end + 2, sign, true));
    }

    /** Returns where the template continues after a tag's end. */
    private int behindTag(int end, char sign, boolean trims) {
        int next = end;
        if (sign == '-') {
            while (next < source.length() && Blanks.isBlank(source.charAt(next))) {
                next++;
            }
        } else if (sign != '+' && trims && next < source.length() && source.charAt(next) == '\n') {
            next++;
        }
        return next;
    }

    private void blockOrRaw() {
        Matcher raw = RAW_BEGIN.matcher(source).region(at, source.length());
        if (!raw.lookingAt()) {
            tag(Kind.BLOCK_BEGIN, Kind.BLOCK_END, "%}");
            return;
        }
        advance(raw.end());
        Matcher end = RAW_END.matcher(source);
        if (!end.find(at)) {
            throw new TemplateException(line, "'raw' has no end; it needs '{% endraw %}'");
        }
        data(stripped(source.substring(at, end.start()), end.group(1).isEmpty() ? ' ' : end.group(1).charAt(0), true));
        advance(end.end());
    }

    private void tag(Kind begin, Kind end, String closing) {
        tokens.add(new Token(begin, source.substring(at, at + 2), line));
        int from = at + 2;
        advance(from + (sign(from) == '-' || sign(from) == '+' ? 1 : 0));
        ExpressionLexer expression = new ExpressionLexer(source, line, closing);
        int stop = expression.read(at, tokens);
        advance(stop);
        char sign = source.charAt(at);
        tokens.add(new Token(end, closing, line));
        boolean signed = sign == '-' || sign == '+';
        advance(behindTag(at + (signed ? 3 : 2), signed ? sign : ' ', end == Kind.BLOCK_END));
    }
}
