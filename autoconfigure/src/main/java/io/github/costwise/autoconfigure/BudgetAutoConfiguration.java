package io.github.costwise.autoconfigure;

import java.nio.file.Path;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Lazy;

import io.github.costwise.CostBudgets;
import io.github.costwise.background.Background;
import io.github.costwise.background.Worker;
import io.github.costwise.budget.BudgetChanges;
import io.github.costwise.budget.Budgets;
import io.github.costwise.budget.memory.MemoryBudgetStore;
import io.github.costwise.faults.Faults;
import io.github.costwise.pipeline.CallBudgets;
import io.github.costwise.pipeline.CostEventPublisher;
import io.github.costwise.pipeline.CostMode;
import io.github.costwise.spi.BudgetStore;
import io.github.costwise.spi.UsageLedger;
import io.github.costwise.time.Time;

/**
 * Auto-configuration of budgets, where there are any.
 *
 * @since 0.1.0
 */
@AutoConfiguration(
		after = { PricingAutoConfiguration.class, UsageAutoConfiguration.class, LedgerAutoConfiguration.class },
		before = CostwiseAutoConfiguration.class)
@ConditionalOnClass(ChatClient.class)
@ConditionalOnCostwise
@Conditional(OnBudgetsCondition.class)
@EnableConfigurationProperties({ BudgetProperties.class, CostwiseProperties.class })
public final class BudgetAutoConfiguration {

	private static final Log logger = LogFactory.getLog(BudgetAutoConfiguration.class);

	@Bean
	@ConditionalOnMissingBean
	BudgetStore costwiseBudgetStore() {
		return new MemoryBudgetStore();
	}

	@Bean
	@ConditionalOnMissingBean
	Budgets costwiseBudgets(BudgetProperties budgets, CostwiseProperties properties, BudgetStore store,
			CostEventPublisher events, Faults faults, Time time) {
		return new Budgets(budgets.toBudgets(properties.getMode() == CostMode.ENFORCE), store,
				budgets.holds().toSettings(), events::publish, faults, time);
	}

	@Bean
	@ConditionalOnMissingBean
	BudgetChanges costwiseBudgetChanges(BudgetProperties properties) {
		String file = properties.changesFile();
		return (file != null) ? BudgetChanges.file(Path.of(file)) : BudgetChanges.NONE;
	}

	@Bean
	@ConditionalOnMissingBean
	CostBudgets costwiseApplicationBudgets(Budgets budgets) {
		return budgets.asked();
	}

	/** What was spent before the start is known before the first call. */
	@Bean(destroyMethod = "close")
	@Lazy(false)
	@ConditionalOnMissingBean(name = "costwiseBudgetWorker")
	Worker costwiseBudgetWorker(Budgets budgets, BudgetChanges changes, UsageLedger ledger, Background background,
			Time time) {
		if (budgets.store() instanceof MemoryBudgetStore) {
			budgets.restore(ledger, CallBudgets::subject);
			logger
				.info("Costwise: the " + budgets.all().size() + " budgets are kept in memory, for this instance only");
		}
		budgets.restore(changes.all());
		Worker worker = background.team("budgets", Faults.Kind.BUDGET).worker(time.timers());
		budgets.keepHolds(worker);
		return worker;
	}

}
