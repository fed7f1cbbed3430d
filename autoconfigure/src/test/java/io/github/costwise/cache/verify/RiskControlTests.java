package io.github.costwise.cache.verify;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("unit")
class RiskControlTests {

	private final RiskControl risk = new RiskControl(.01, .8);

	@Test
	void servesNothingWithoutEvidence() {
		requests(500, .999);
		assertThat(this.risk.threshold()).isEqualTo(RiskControl.NOTHING);
	}

	@Test
	void servesWhatFitsTheBoundOnceThereIsEvidence() {
		evidence(10_000);
		requests(95, .998);
		requests(5, .9);
		assertThat(this.risk.threshold()).isEqualTo(.9);
		requests(100, .9);
		assertThat(this.risk.threshold()).as("as likely ones stand or fall together").isEqualTo(.998);
	}

	@Test
	void servesNothingUnderTheFloor() {
		evidence(10_000);
		requests(1000, 0);
		requests(25, .79);
		assertThat(this.risk.threshold()).isEqualTo(RiskControl.NOTHING);
	}

	@Test
	void getsCarefulWhenChecksFindMoreErrorsThanExpected() {
		evidence(10_000);
		requests(1000, .991);
		assertThat(this.risk.threshold()).isEqualTo(.991);
		for (int i = 0; i < 20; i++) {
			this.risk.addCheck(1, .991, 10);
		}
		requests(25, .991);
		assertThat(this.risk.threshold()).isEqualTo(RiskControl.NOTHING);
	}

	@Test
	void copiesOfStoredRequestsAddNothingToTheBound() {
		evidence(10_000);
		requests(25, .8);
		requests(975, -.9999);
		assertThat(this.risk.threshold()).isGreaterThan(.8);
	}

	private void evidence(int count) {
		for (int i = 0; i < count; i++) {
			this.risk.addEvidence();
		}
	}

	private void requests(int count, double probability) {
		for (int i = 0; i < count; i++) {
			this.risk.addRequest(probability);
		}
	}

}
