package io.github.costwise.sample;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import com.deque.html.axecore.results.Rule;
import com.deque.html.axecore.selenium.AxeBuilder;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.support.ui.ExpectedCondition;
import org.openqa.selenium.support.ui.Select;
import org.openqa.selenium.support.ui.WebDriverWait;

import io.github.costwise.testsupport.RealBrowser;

/** A real Chromium on the page of the sample. */
final class Browser implements AutoCloseable {

	private final ChromeDriver driver;

	private final WebDriverWait wait;

	Browser(RealBrowser chromium, String profileFolder) {
		ChromeOptions options = new ChromeOptions();
		options.setBinary(chromium.binary().toFile());
		options.addArguments("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
				"--disable-background-networking", "--disable-component-update", "--disable-sync",
				"--user-data-dir=" + profileFolder);
		ChromeDriverService service = new ChromeDriverService.Builder()
			.usingDriverExecutable(chromium.driver().toFile())
			.usingAnyFreePort()
			.build();
		this.driver = new ChromeDriver(service, options);
		this.wait = new WebDriverWait(this.driver, Duration.ofSeconds(60));
	}

	void open(String url) {
		this.driver.get(url);
		this.wait.until((page) -> !text("totals").isEmpty());
	}

	void choose(String mode) {
		this.driver.findElement(By.cssSelector("input[name=mode][value=" + mode + "]"))
			.findElement(By.xpath(".."))
			.click();
	}

	void select(String id, String option) {
		new Select(element(id)).selectByValue(option);
	}

	void send() {
		element("send").click();
	}

	/** Waits until the turn has its price, and returns it as it is shown. */
	String price() {
		waitFor((page) -> "false".equals(element("send").getDomAttribute("aria-disabled"))
				&& !this.driver.findElements(By.id("turn-price")).isEmpty());
		return text("turn-price");
	}

	void waitFor(ExpectedCondition<Boolean> condition) {
		this.wait.until(condition);
	}

	String text(String id) {
		return element(id).getText();
	}

	boolean isShown(String id) {
		return element(id).isDisplayed();
	}

	WebElement element(String id) {
		return this.driver.findElement(By.id(id));
	}

	WebElement focused() {
		return this.driver.switchTo().activeElement();
	}

	/** Returns what the page asks for from elsewhere. */
	List<String> foreignResources() {
		String origin = String.valueOf(this.driver.executeScript("return location.origin"));
		Object names = this.driver.executeScript("return performance.getEntriesByType('resource').map(e => e.name)");
		return ((List<?>) names).stream().map(String::valueOf).filter((name) -> !name.startsWith(origin)).toList();
	}

	/** Returns whether the page fits into a width without scrolling sideways. */
	boolean fits(int width) {
		this.driver.executeCdpCommand("Emulation.setDeviceMetricsOverride",
				Map.of("width", width, "height", 800, "deviceScaleFactor", 1, "mobile", false));
		return Boolean.TRUE.equals(this.driver
			.executeScript("return document.documentElement.scrollWidth <= document.documentElement.clientWidth"));
	}

	void prefer(String scheme) {
		this.driver.executeCdpCommand("Emulation.setEmulatedMedia",
				Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
	}

	/** Returns the accessibility rules that the page breaks seriously. */
	List<String> seriousViolations() {
		return new AxeBuilder().analyze(this.driver)
			.getViolations()
			.stream()
			.filter((rule) -> List.of("serious", "critical").contains(rule.getImpact()))
			.map(Rule::toString)
			.toList();
	}

	@Override
	public void close() {
		this.driver.quit();
	}

}
