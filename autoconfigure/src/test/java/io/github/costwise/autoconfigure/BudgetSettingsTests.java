package io.github.costwise.autoconfigure;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.ai.chat.model.ChatModel;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import io.github.costwise.CostwiseConfigurationException;
import io.github.costwise.budget.Budget;
import io.github.costwise.budget.Budgets;
import io.github.costwise.testsupport.CostwiseRunner;
import io.github.costwise.testsupport.LoopbackModels;
import io.github.costwise.testsupport.LoopbackProvider;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Settings of budgets that would not do what they seem to say fail the start.
 */
@Timeout(60)
@Tag("chain")
class BudgetSettingsTests {

	private static final String LIMITS = "costwise.budgets.limits.";

	private final LoopbackProvider provider = new LoopbackProvider();

	private final ApplicationContextRunner runner = CostwiseRunner.create()
		.withBean(ChatModel.class, () -> LoopbackModels.openAi(this.provider));

	@AfterEach
	void close() {
		this.provider.close();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			notify-at=0              | notify-at
			notify-at=1001           | notify-at
			degrade-at=101           | degrade-at
			own-share=-1             | own-share
			window=0s                | longer than nothing
			window=fortnight         | write total, minute
			per=tennant              | tenant, tier, user
			only.tennant=a           | tenant, tier, user
			only.tenant=             | names no value
			only.tier=cheap          | LIGHT, STANDARD, PREMIUM
			carry-over=5 USD         | no window before
			overrides.a=5 USD        | 'per'
			first-day=32             | between 1 and 31
			limit=5                  | with its unit
			limit=5 EUR              | not a unit
			limit=-5 USD             | never negative
			limit=9000000000 USD     | too large
			cached-weight=101        | between 0 and 100
			zone=Mars                | Mars
			overflow=nobody          | no budget
			overflow=one             | overflow
			""")
	void settingThatIsNoUseFailsTheStart(String setting, String help) {
		this.runner.withPropertyValues(LIMITS + "one.limit=20 USD", LIMITS + "one." + setting)
			.run((context) -> assertThat(context).getFailure()
				.hasStackTraceContaining("costwise.budgets.limits.one")
				.hasStackTraceContaining(help));
	}

	@ParameterizedTest
	@CsvSource({ "output.assumed=0", "output.longest.p=0", "output.longest.p=-1", "holds.expiry=1ms" })
	void lengthsThatNoAnswerHasFailTheStart(String setting) {
		this.runner.withPropertyValues(LIMITS + "one.limit=20 USD", "costwise.budgets." + setting)
			.run((context) -> assertThat(context).getFailure()
				.hasStackTraceContaining(CostwiseConfigurationException.class.getName())
				.hasStackTraceContaining("costwise.budgets." + setting.substring(0, setting.indexOf('='))));
	}

	@Test
	void budgetWithoutALimitFailsTheStart() {
		this.runner.withPropertyValues(LIMITS + "one.window=day")
			.run((context) -> assertThat(context).getFailure().hasStackTraceContaining("'limit' is missing"));
	}

	/** Such budgets would never count a call, or would ask each other for ever. */
	@Test
	void budgetsThatOverflowInACircleFailTheStart() {
		this.runner
			.withPropertyValues(LIMITS + "one.limit=20 USD", LIMITS + "one.overflow=two", LIMITS + "two.limit=20 USD",
					LIMITS + "two.overflow=three", LIMITS + "three.limit=20 USD", LIMITS + "three.overflow=one")
			.run((context) -> assertThat(context).getFailure()
				.hasStackTraceContaining(CostwiseConfigurationException.class.getName())
				.hasStackTraceContaining("limits.one.overflow"));
	}

	@Test
	void overflowCountsTheSame() {
		this.runner
			.withPropertyValues(LIMITS + "one.limit=20 USD", LIMITS + "one.overflow=two", LIMITS + "two.limit=5 calls")
			.run((context) -> assertThat(context).getFailure()
				.hasStackTraceContaining(CostwiseConfigurationException.class.getName())
				.hasStackTraceContaining("limits.one.overflow"));
	}

	@Test
	void overrideNamesAValueOfEachPart() {
		this.runner
			.withPropertyValues(LIMITS + "one.limit=20 USD", LIMITS + "one.per=tenant,user",
					LIMITS + "one.overrides[acme]=5 USD")
			.run((context) -> assertThat(context).getFailure().hasStackTraceContaining("tenant/user"));
	}

	@Test
	void tiersAreKnownInAnyCase() {
		this.runner.withPropertyValues(LIMITS + "one.limit=20 USD", LIMITS + "one.only.tier=light,Premium")
			.run((context) -> assertThat(context.getBean(Budgets.class).all()).singleElement()
				.extracting(Budget::only)
				.hasToString("{tier=[LIGHT, PREMIUM]}"));
	}

}
