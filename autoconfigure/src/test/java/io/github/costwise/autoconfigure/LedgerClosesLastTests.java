package io.github.costwise.autoconfigure;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.config.DestructionAwareBeanPostProcessor;

import io.github.costwise.actuate.ListLedger;
import io.github.costwise.advisor.CostTurnAdvisor;
import io.github.costwise.cache.learning.BudgetedJudge;
import io.github.costwise.cache.response.CacheTasks;
import io.github.costwise.spi.UsageLedger;
import io.github.costwise.testsupport.CostwiseRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LedgerClosesLast}.
 */
@Tag("chain")
class LedgerClosesLastTests {

	private final List<Object> closed = new ArrayList<>();

	@Test
	void whatWorksInTheBackgroundEndsBeforeTheLedgerWhicheverWasMadeFirst() {
		CostwiseRunner.create()
			.withBean("recorder", DestructionAwareBeanPostProcessor.class, Recorder::new)
			.withBean("ownLedger", ClosingLedger.class, ClosingLedger::new,
					(definition) -> definition.setLazyInit(true))
			.run((context) -> {
				context.getBean(CacheTasks.class);
				context.getBean(BudgetedJudge.class);
				context.getBean(CostTurnAdvisor.class);
				context.getBean(UsageLedger.class);
			});
		assertThat(this.closed).extracting(Object::getClass)
			.asList()
			.contains(CacheTasks.class, BudgetedJudge.class, CostTurnAdvisor.class)
			.endsWith(ClosingLedger.class);
	}

	private final class Recorder implements DestructionAwareBeanPostProcessor {

		@Override
		public void postProcessBeforeDestruction(Object bean, String name) {
			if (bean instanceof AutoCloseable && bean.getClass().getName().startsWith("io.github.costwise.")) {
				LedgerClosesLastTests.this.closed.add(bean);
			}
		}

	}

	/** A ledger that is made late. */
	static final class ClosingLedger extends ListLedger implements AutoCloseable {

		@Override
		public void close() {
		}

	}

}
