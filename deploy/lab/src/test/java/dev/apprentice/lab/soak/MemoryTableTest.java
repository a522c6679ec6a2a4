package dev.apprentice.lab.soak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apprentice.local.system.Member;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class MemoryTableTest {

    /** Returns a table with a sample at every hundredth of the run; all members but this one stay at 200 MiB. */
    private static MemoryTable table(Member member, IntToDoubleFunction residentMiB) {
        List<Moment> moments = new ArrayList<>();
        for (int hundredth = 0; hundredth <= 100; hundredth++) {
            Map<Member, Footprint> footprints = new EnumMap<>(Member.class);
            for (Member each : Member.values()) {
                double resident = each == member ? residentMiB.applyAsDouble(hundredth) : 200;
                footprints.put(each, new Footprint(resident, OptionalDouble.of(50), OptionalDouble.empty(), 40, 80, 0));
            }
            moments.add(new Moment(Duration.ofSeconds(hundredth), hundredth / 100.0, 3, footprints));
        }
        return new MemoryTable(moments);
    }

    @Test
    void whatGrowsInTheFirstQuarterWarmsUp() {
        MemoryTable table = table(Member.TRAINER_SERVICE, hundredth -> Math.min(100 + 12 * hundredth, 400));

        assertThat(table.unsteady(0.1)).isEmpty();
        assertThat(table.plateaus().get(Member.TRAINER_SERVICE)).isEqualTo(new Plateau(400, 400, 400));
    }

    @Test
    void whatGoesOnGrowingIsUnsteady() {
        assertThat(table(Member.JUDGE_SERVICE, hundredth -> 300 + hundredth).unsteady(0.1))
                .containsExactly(Member.JUDGE_SERVICE);
    }

    @Test
    void aSinglePeakIsUnsteadyToo() {
        assertThat(table(Member.INFERENCE_SERVICE, hundredth -> hundredth == 73 ? 441 : 400).unsteady(0.1))
                .containsExactly(Member.INFERENCE_SERVICE);
        assertThat(table(Member.INFERENCE_SERVICE, hundredth -> hundredth == 73 ? 439 : 400).unsteady(0.1)).isEmpty();
    }

    @Test
    void theBrokerIsShownAndNotJudged() {
        assertThat(table(Member.BROKER, hundredth -> 300 + 3 * hundredth).unsteady(0.1)).isEmpty();
    }

    @Test
    void showsEveryTenthAndThePlateau() {
        List<String> lines = table(Member.TRAINER_SERVICE, hundredth -> 300 + hundredth / 10.0).lines();

        assertThat(lines.get(0).strip().split("\\s+(?!%)"))
                .containsExactly("LEARNED", "10 %", "20 %", "30 %", "40 %", "50 %", "60 %", "70 %", "80 %", "90 %", "100 %",
                        "PLATEAU", "FURTHEST");
        assertThat(lines).anySatisfy(line -> assertThat(line.strip().split("\\s+(?!%)"))
                .containsExactly("trainer-service", "301", "302", "303", "304", "305", "306", "307", "308", "309", "310",
                        "306", "1.2 %"));
    }
}
