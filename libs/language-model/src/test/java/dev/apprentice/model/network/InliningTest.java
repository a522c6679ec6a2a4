package dev.apprentice.model.network;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class InliningTest {

    private static final String METHODS =
            """
              def twice(self, x: Tensor) -> Tensor:
                # Needs it twice.
                return torch.add(x, x)

              def first(self, x: Tensor, rows: List[Tensor]) -> Tensor:
                return torch.mul(x, 2, other=x.y)

              def longer(self, x: Tensor) -> Tensor:
                y = torch.neg(x)
                return y

            """;

    @Test
    void putsAnExpressionInPlaceOfItsCall() {
        assertThat(inlined("    y = self.first(a, [b, c])")).isEqualTo("    y = (torch.mul(a, 2, other=a.y))");
    }

    @Test
    void computesOnceWhatIsNeededTwice() {
        assertThat(inlined("      y = self.twice(self.longer(a))"))
                .isEqualTo("      inlined_0 = self.longer(a)\n      y = (torch.add(inlined_0, inlined_0))");
        assertThat(inlined("    y = self.twice(self.twice(w[i + 1]))"))
                .isEqualTo("    inlined_0 = (torch.add(w[i + 1], w[i + 1]))\n    y = (torch.add(inlined_0, inlined_0))");
    }

    @Test
    void keepsACallWhoseArgumentMayNotBeComputed() {
        assertThat(inlined("    y = self.twice(self.longer(a)) if a else self.twice(b)"))
                .isEqualTo("    y = self.twice(self.longer(a)) if a else (torch.add(b, b))");
    }

    @Test
    void leavesMethodsAndCommentsAsTheyAre() {
        assertThat(Inlining.of(METHODS + "  # self.twice(a)\n")).isEqualTo(METHODS + "  # self.twice(a)\n");
    }

    private static String inlined(String line) {
        String source = Inlining.of(METHODS + "  def run(self) -> Tensor:\n" + line + "\n");
        return source.substring(source.indexOf("run(self) -> Tensor:\n") + 21).stripTrailing();
    }
}
