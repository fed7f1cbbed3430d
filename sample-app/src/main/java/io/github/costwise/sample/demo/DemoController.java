package io.github.costwise.sample.demo;

import java.util.Map;

import org.springframework.context.annotation.Profile;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Lets the simulated provider fail on request. */
@RestController
@Profile("demo")
class DemoController {

	private final DemoProvider provider;

	DemoController(DemoProvider provider) {
		this.provider = provider;
	}

	@PostMapping("/demo/faults/{fault}")
	Map<String, Object> arm(@PathVariable Fault fault, @RequestParam(defaultValue = "1") int times) {
		this.provider.faults().arm(fault, times);
		return Map.of("fault", fault, "times", times);
	}

}
