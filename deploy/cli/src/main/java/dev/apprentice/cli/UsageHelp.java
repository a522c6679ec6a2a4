package dev.apprentice.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi.Text;
import picocli.CommandLine.Help.ColorScheme;
import picocli.CommandLine.Help.Column;
import picocli.CommandLine.Help.Layout;
import picocli.CommandLine.Help.TextTable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** A command's help, whose lines break at spaces only. Picocli's own also breaks within addresses, file names and placeholders. */
final class UsageHelp extends Help {

    /** A width that holds any synopsis on one line. */
    private static final int ONE_LINE = 10_000;

    UsageHelp(CommandSpec command, ColorScheme colours) {
        super(command, colours);
    }

    @Override
    public Layout createDefaultLayout(List<OptionSpec> options, List<PositionalParamSpec> positionals, ColorScheme colours) {
        Column[] columns = super.createDefaultLayout(options, positionals, colours).textTable().columns();
        return new Layout(colours, new SpacedTable(colours, columns), createDefaultOptionRenderer(), createDefaultParameterRenderer());
    }

    @Override
    public String synopsis(int headingLength) {
        UsageMessageSpec usage = commandSpec().usageMessage();
        int width = usage.width();
        usage.width(ONE_LINE);
        try {
            String indent = " ".repeat(headingLength + commandSpec().qualifiedName().length() + 1);
            List<String> lines = new ArrayList<>();
            StringBuilder line = new StringBuilder(" ".repeat(headingLength)); // stands behind the heading
            for (String word : super.synopsis(headingLength).strip().split("\\s+")) {
                if (line.length() + 1 + word.length() > width && !line.toString().isBlank()) {
                    lines.add(line.toString().stripTrailing());
                    line = new StringBuilder(indent);
                }
                line.append(word).append(' ');
            }
            lines.add(line.toString().stripTrailing());
            return String.join(System.lineSeparator(), lines).substring(headingLength) + System.lineSeparator();
        } finally {
            usage.width(width);
        }
    }

    /** A table whose last column wraps to the next row at a space. */
    private static final class SpacedTable extends TextTable {

        SpacedTable(ColorScheme colours, Column[] columns) {
            super(colours, columns);
        }

        @Override
        public Cell putValue(int row, int column, Text value) {
            int width = columns()[column].width - columns()[column].indent;
            if (columns()[column].overflow != Column.Overflow.WRAP || value == null || value.plainString().length() <= width) {
                return super.putValue(row, column, value);
            }
            String text = value.plainString();
            int space = text.lastIndexOf(' ', width);
            int cut = space > 0 && !text.substring(0, space).isBlank() ? space : width;
            super.putValue(row, column, value.substring(0, cut));
            addEmptyRow();
            int begin = text.charAt(cut) == ' ' ? cut + 1 : cut;
            return putValue(row + 1, column, value.substring(begin));
        }
    }
}
