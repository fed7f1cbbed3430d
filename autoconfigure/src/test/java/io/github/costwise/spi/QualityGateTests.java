package io.github.costwise.spi;

import java.util.List;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.github.costwise.Money;
import io.github.costwise.model.GatedAnswer;
import io.github.costwise.model.GatedAnswer.AnswerEnd;
import io.github.costwise.model.Verdict.GateOutcome;
import io.github.costwise.quality.AnswerForm;
import io.github.costwise.quality.GateCounters;
import io.github.costwise.quality.QualityGates;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("unit")
class QualityGateTests {

	@Test
	void rejectsWhatIsNoAnswer() {
		QualityGate gate = QualityGates.validity();
		assertThat(gate.judge(GatedAnswer.of(" ")).rule()).isEqualTo("empty");
		assertThat(gate.judge(GatedAnswer.of("").in(AnswerEnd.TOOL_CALLS)).outcome()).isEqualTo(GateOutcome.UNDECIDED);
		assertThat(gate.judge(GatedAnswer.of("half an ans").in(AnswerEnd.TRUNCATED)).rule()).isEqualTo("truncated");
		assertThat(gate.judge(GatedAnswer.of("{}").in(AnswerEnd.INVALID)).rule()).isEqualTo("invalid");
		assertThat(gate.judge(GatedAnswer.of("I\u2019m unable to solve this.")).rule()).isEqualTo("refusal");
		assertThat(gate.judge(GatedAnswer.of("I can't help with weapon designs.")).outcome())
			.isEqualTo(GateOutcome.UNDECIDED);
		assertThat(gate.judge(GatedAnswer.of("").in(AnswerEnd.WITHHELD)).outcome()).isEqualTo(GateOutcome.ACCEPTED);
		assertThat(gate.judge(GatedAnswer.of("Paris.")).outcome()).isEqualTo(GateOutcome.UNDECIDED);
	}

	@Test
	void comparesShortFormsOfAnswers() {
		same("{\"reasoning\": \"6*7\", \"answer\": \"42\"}", "```json\n{\"answer\": 42.0}\n```");
		same("{\"answer\": \"\\\\frac{1}{2}\"}", "So it is $\\boxed{0.5}$.");
		same("The total is\n1,234.", "{\"answer\": \"1234\"}");
		same("{\"answer\": \"'mno'\"}", "{\"answer\": \"\\\"mno\\\"\"}");
		same("{\"answer\": \"[1, 2]\"}", "{\"answer\": \"[1,2]\"}");
		same("{\"answer\": \"\"}", "{\"answer\": \"''\"}");
		different("{\"answer\": \"[1, 2]\"}", "{\"answer\": \"[2, 1]\"}");
		different("{\"answer\": \"42\"}", "{\"answer\": \"-42\"}");
		different("", "");
	}

	@Test
	void asksOneGateAfterTheOther() {
		QualityGate gate = QualityGates
			.first(List.of(QualityGates.validity(), QualityGates.margin(.5), QualityGates.agreement()));
		assertThat(gate.judge(GatedAnswer.of("4").beside("4")).rule()).isEqualTo("agreement");
		assertThat(gate.judge(GatedAnswer.of("4").beside("5")).outcome()).isEqualTo(GateOutcome.REJECTED);
		assertThat(gate.judge(GatedAnswer.of("4").beside("5").with(.9)).outcome()).isEqualTo(GateOutcome.ACCEPTED);
		assertThat(gate.judge(GatedAnswer.of("4").with(.1)).rule()).isEqualTo("margin");
		assertThat(gate.judge(GatedAnswer.of("4")).outcome()).isEqualTo(GateOutcome.UNDECIDED);
	}

	@Test
	void switchesItselfOffAndOnAgain() {
		GateCounters counters = new GateCounters();
		for (int i = 0; i < 60; i++) {
			counters.count(Money.ofNanos(120), Money.ofNanos(100), true);
		}
		assertThat(counters.state().paying()).isFalse();
		int asked = 0;
		for (int i = 0; i < 100; i++) {
			asked += counters.ask() ? 1 : 0;
		}
		assertThat(asked).isEqualTo(5);
		for (int i = 0; i < 60; i++) {
			counters.count(Money.ofNanos(10), Money.ofNanos(100), false);
		}
		assertThat(counters.state().paying()).isTrue();
		assertThat(counters.state().escalated()).isEqualTo(60);
	}

	private static void same(String a, String b) {
		assertThat(AnswerForm.of(a).agrees(AnswerForm.of(b)))
			.as("%s and %s", AnswerForm.of(a).value(), AnswerForm.of(b).value())
			.isTrue();
	}

	private static void different(String a, String b) {
		assertThat(AnswerForm.of(a).agrees(AnswerForm.of(b))).as("%s and %s", a, b).isFalse();
	}

}
