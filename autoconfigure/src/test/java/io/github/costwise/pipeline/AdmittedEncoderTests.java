package io.github.costwise.pipeline;

import java.util.Collections;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.ai.chat.model.ChatModel;

import io.github.costwise.CostScope;
import io.github.costwise.budget.BudgetSubject;
import io.github.costwise.budget.Budgets;
import io.github.costwise.budget.UsedUp;
import io.github.costwise.model.TokenUsage;
import io.github.costwise.spi.TextEncoder;
import io.github.costwise.spi.TextEncodingException;
import io.github.costwise.testsupport.Answer;
import io.github.costwise.testsupport.CostwiseRunner;
import io.github.costwise.testsupport.LoopbackModels;
import io.github.costwise.testsupport.LoopbackProvider;
import io.github.costwise.testsupport.TestTimes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Vectors that are paid for.
 */
@Timeout(60)
@Tag("chain")
class AdmittedEncoderTests {

	private final LoopbackProvider provider = new LoopbackProvider();

	@AfterEach
	void close() {
		this.provider.close();
	}

	@Test
	void budgetThatIsUsedUpAsFarAsOwnCallsMayUseItPaysForNoVector() {
		this.provider.handler((request) -> Answer.text("yes"));
		CostwiseRunner.create()
			.withBean("model", ChatModel.class, () -> LoopbackModels.openAi(this.provider))
			.withPropertyValues("costwise.budgets.limits.tenant.limit=1 USD",
					"costwise.budgets.limits.tenant.per=tenant", "costwise.budgets.limits.tenant.own-share=0",
					"costwise.budgets.limits.tenant.only.feature=poor")
			.run((context) -> {
				AtomicInteger paid = new AtomicInteger();
				TextEncoder encoder = new AdmittedEncoder(counting(paid), () -> context.getBean(CallBudgets.class));
				assertThat(encoder.encode("outside any turn")).hasSize(1);
				CostTurn rich = turn(context.getBean(CostPolicies.class), "rich");
				CostTurn poor = turn(context.getBean(CostPolicies.class), "poor");
				assertThat(OwnWork.of(rich, () -> encoder.encode("a question"))).hasSize(1);
				assertThatExceptionOfType(TextEncodingException.class)
					.isThrownBy(() -> OwnWork.of(poor, () -> encoder.encode("a question")));
				assertThat(paid).hasValue(2);
			});
	}

	/** A list is as long as its texts together. */
	@Test
	void textsOfAListNeedRoomForAllOfTheirTokens() {
		CostwiseRunner.create()
			.withBean("model", ChatModel.class, () -> LoopbackModels.openAi(this.provider))
			.withPropertyValues("costwise.budgets.limits.all.limit=10000 tokens",
					"costwise.budgets.limits.all.window=1m")
			.run((context) -> {
				AtomicInteger paid = new AtomicInteger();
				TextEncoder encoder = new AdmittedEncoder(counting(paid), () -> context.getBean(CallBudgets.class));
				CostTurn turn = turn(context.getBean(CostPolicies.class), "search");
				String text = " yes".repeat(200);
				assertThatExceptionOfType(TextEncodingException.class)
					.isThrownBy(() -> OwnWork.of(turn, () -> encoder.encode(Collections.nCopies(100, text))));
				assertThat(OwnWork.of(turn, () -> encoder.encode(Collections.nCopies(40, text)))).hasSize(40);
				context.getBean(Budgets.class)
					.book("embedding", turn.startedAt(),
							new BudgetSubject(turn.attribution(), "", "", "", null, null, true),
							new UsedUp(0, TokenUsage.of(8_000, 0), true));
				assertThatExceptionOfType(TextEncodingException.class)
					.isThrownBy(() -> OwnWork.of(turn, () -> encoder.encode(Collections.nCopies(20, text))));
				assertThat(paid).hasValue(40);
			});
	}

	private static CostTurn turn(CostPolicies policies, String feature) {
		return new CostTurn("t-" + feature, CostScope.builder().feature(feature).tenant("acme").build(),
				policies.get(null), TestTimes.real());
	}

	private static TextEncoder counting(AtomicInteger calls) {
		return new TextEncoder() {
			@Override
			public float[] encode(String text) {
				calls.incrementAndGet();
				return new float[] { 1 };
			}

			@Override
			public int dimensions() {
				return 1;
			}

			@Override
			public String id() {
				return "paid";
			}
		};
	}

}
