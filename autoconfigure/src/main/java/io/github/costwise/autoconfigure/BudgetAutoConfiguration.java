package io.github.costwise.autoconfigure;

import java.nio.file.Path;
import java.time.Duration;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Lazy;

import io.github.costwise.CostBudgets;
import io.github.costwise.CostwiseConfigurationException;
import io.github.costwise.background.Background;
import io.github.costwise.background.Worker;
import io.github.costwise.budget.Budget;
import io.github.costwise.budget.BudgetChanges;
import io.github.costwise.budget.Budgets;
import io.github.costwise.advisor.CostCallAdvisor;
import io.github.costwise.faults.Faults;
import io.github.costwise.pipeline.CallBudgets;
import io.github.costwise.pipeline.CostEventPublisher;
import io.github.costwise.pipeline.CostMode;
import io.github.costwise.spi.BudgetStore;
import io.github.costwise.spi.SharedBudgetStore;
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
	Budgets costwiseBudgets(BudgetProperties budgets, CostwiseProperties properties, BudgetStore store,
			CostEventPublisher events, Faults faults, Time time) {
		return new Budgets(budgets.toBudgets(properties.getMode() == CostMode.ENFORCE), store,
				budgets.holds().toSettings(), budgets.queue().toQueue(time), events::publish, faults, time);
	}

	@Bean
	@ConditionalOnMissingBean
	BudgetChanges costwiseBudgetChanges(BudgetProperties properties, UsageLedger ledger) {
		String file = properties.changesFile();
		return BudgetChanges.of(ledger, (file != null) ? BudgetChanges.file(Path.of(file)) : null);
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
	Worker costwiseBudgetWorker(Budgets budgets, BudgetChanges changes, UsageLedger ledger,
			ObjectProvider<LedgerProperties> properties, Background background, Faults faults, Time time) {
		properties.ifAvailable((kept) -> requireRetention(budgets, kept, time));
		Worker worker = background.team("budgets", Faults.Kind.BUDGET).worker(time.timers());
		if (budgets.store() instanceof SharedBudgetStore) {
			budgets.share(worker, () -> budgets.restore(ledger, CallBudgets::subject), CostCallAdvisor::isOnEventLoop);
		}
		else {
			budgets.restore(ledger, CallBudgets::subject);
			faults.guard(Faults.Kind.BUDGET, () -> budgets.restore(changes.all()));
			logger
				.info("Costwise: the " + budgets.all().size() + " budgets are kept in memory, for this instance only");
		}
		budgets.keepHolds(worker);
		return worker;
	}

	/** A restart must not forget what a window has spent. */
	private static void requireRetention(Budgets budgets, LedgerProperties kept, Time time) {
		Duration retention = kept.jdbc().retention();
		if (kept.type() != LedgerProperties.LedgerType.JDBC) {
			return;
		}
		for (Budget budget : budgets.all()) {
			Duration window = budget.remembers(time.now());
			if (window != null && window.compareTo(retention) > 0) {
				String name = OnBudgetsCondition.LIMITS + "." + budget.id();
				throw new CostwiseConfigurationException(
						"'" + name + "' has a window of " + window.toDays() + " days, but the ledger keeps calls for "
								+ retention.toDays() + ", so that a restart would forget what was spent.",
						"Set 'costwise.ledger.jdbc.retention' to " + (window.toDays() + 1) + "d or more, or '" + name
								+ ".from' to now.");
			}
		}
	}

}
