package io.github.costwise.autoconfigure;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;

import io.github.costwise.CostOptimized;
import io.github.costwise.CostScope;
import io.github.costwise.CostwiseConfigurationException;
import io.github.costwise.advisor.CostTurnAdvisor;
import io.github.costwise.testsupport.Answer;
import io.github.costwise.testsupport.CostwiseRunner;
import io.github.costwise.testsupport.LoopbackModels;
import io.github.costwise.testsupport.LoopbackProvider;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is made when an application starts: nothing that it may not need, and everything
 * that it configures. Also without AspectJ, which the starter does not bring.
 */
@Tag("chain")
class LazyUnlessConfiguredTests {

	private static final String[] DEFERRED = { "costwisePriceCatalog", "costwiseUsageLedger", "costwiseAccountant",
			"costwiseTurnAdvisor", "costwisePolicies", "costwiseUnmanagedCalls" };

	private final ApplicationContextRunner runner = CostwiseRunner.create();

	@Test
	void beansWaitForTheirFirstUse() {
		this.runner.run((context) -> {
			assertThat(DEFERRED).noneMatch((name) -> isMade(context, name));
			context.getBean(CostTurnAdvisor.class);
			assertThat(isMade(context, "costwisePriceCatalog")).isTrue();
		});
	}

	@Test
	void anyPropertyHasThemMadeAtStart() {
		this.runner.withPropertyValues("costwise.mode=enforce")
			.run((context) -> assertThat(DEFERRED).allMatch((name) -> isMade(context, name)));
	}

	@Test
	void badValueOfAnyPartFailsTheStart() {
		this.runner.withPropertyValues("costwise.policies.default.no-such=false")
			.run((context) -> assertThat(FailureAnalyses.of(context.getStartupFailure()).getDescription())
				.contains("no-such"));
		this.runner.withPropertyValues("costwise.ledger.memory.recent-turns=many")
			.run((context) -> assertThat(context).hasFailed());
	}

	@Test
	void clientOfLazyBeansIsAccountedFor() {
		try (LoopbackProvider server = new LoopbackProvider().handler((request) -> Answer.text("hi"))) {
			this.runner.withBean(ChatModel.class, () -> LoopbackModels.openAi(server)).run((context) -> {
				assertThat(isMade(context, "costwiseAccountant")).isFalse();
				context.getBean(ChatClient.Builder.class).build().prompt("Q").call().content();
				assertThat(CostwiseRunner.calls(context)).hasSize(1);
			});
		}
	}

	@Test
	void annotationActsWithoutAspectJ() {
		for (String classProxies : new String[] { "true", "false" }) {
			this.runner.withClassLoader(new FilteredClassLoader("org.aspectj"))
				.withPropertyValues("spring.aop.proxy-target-class=" + classProxies)
				.withBean("service", Service.class, Annotated::new)
				.run((context) -> assertThat(context.getBean(Service.class).feature()).isEqualTo("annotated"));
		}
	}

	@Test
	void unknownPolicyOfAnAnnotationFailsTheStart() {
		this.runner.withBean(WithUnknownPolicy.class)
			.run((context) -> assertThat(context).getFailure()
				.isInstanceOf(CostwiseConfigurationException.class)
				.hasMessageContaining("no-such"));
	}

	private static boolean isMade(ConfigurableApplicationContext context, String name) {
		ConfigurableListableBeanFactory beans = context.getBeanFactory();
		assertThat(beans.containsBeanDefinition(name)).as(name).isTrue();
		return beans.containsSingleton(name);
	}

	public interface Service {

		String feature();

	}

	public static class Annotated implements Service {

		@Override
		@CostOptimized(feature = "annotated")
		public String feature() {
			CostScope scope = CostScope.current();
			return (scope != null) ? String.valueOf(scope.attribution().feature()) : "none";
		}

	}

	static class WithUnknownPolicy {

		@CostOptimized(policy = "no-such")
		public void work() {
		}

	}

}
