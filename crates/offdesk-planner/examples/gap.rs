#![allow(
    clippy::all,
    clippy::pedantic,
    missing_docs,
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::indexing_slicing
)]
use offdesk_planner::*;
fn main() {
    let args: Vec<String> = std::env::args().collect();
    let (class, m, n, count, secs) = (
        args[1].as_str(),
        args[2].parse::<usize>().unwrap(),
        args[3].parse::<usize>().unwrap(),
        args[4].parse::<u64>().unwrap(),
        args[5].parse::<f64>().unwrap(),
    );
    let mut total = 0.0;
    let mut worst: f64 = 0.0;
    let mut proven = 0;
    for seed in 0..count {
        let mut s = seed * 7919 + 17 + (m * 1000 + n) as u64;
        let mut next = |lo: i64, hi: i64| {
            s = s
                .wrapping_mul(6364136223846793005)
                .wrapping_add(1442695040888963407);
            lo + ((s >> 33) as i64) % (hi - lo + 1)
        };
        let mut a = vec![vec![0i64; n]; m];
        let mut c = vec![vec![0i64; n]; m];
        for i in 0..m {
            for j in 0..n {
                if class == "D" {
                    a[i][j] = next(1, 100);
                    c[i][j] = 111 - a[i][j] + next(-10, 10);
                } else {
                    a[i][j] = next(5, 25);
                    c[i][j] = next(10, 50);
                }
            }
        }
        let cap: Vec<f64> = (0..m)
            .map(|i| {
                match class {
                    "A" => 9.0 * (n as f64 / m as f64) + 0.4 * 25.0 * n as f64 / m as f64,
                    "B" => 0.7 * (9.0 * (n as f64 / m as f64) + 0.4 * 25.0 * n as f64 / m as f64),
                    _ => 0.8 * a[i].iter().sum::<i64>() as f64 / m as f64,
                }
                .floor()
            })
            .collect();
        let p = Problem {
            capacities: cap,
            limits: [f64::INFINITY; 2],
            jobs: (0..n)
                .map(|j| Job {
                    is_required: true,
                    options: (0..m)
                        .map(|i| Choice {
                            agent: i,
                            load: a[i][j] as f64,
                            value: -c[i][j] as f64,
                            uses: [0.0; 2],
                        })
                        .collect(),
                })
                .collect(),
        };
        let t = std::time::Instant::now();
        let plan = solve(&p, &|| t.elapsed().as_secs_f64() > secs).unwrap();
        let e = t.elapsed().as_secs_f64();
        total += e;
        worst = worst.max(e);
        proven += (plan.status == Status::Optimal || plan.status == Status::Infeasible) as u32;
        if args.len() > 6 {
            println!(
                "{seed}: {:?} {} bound {} nodes {} {:.3}s",
                plan.status, plan.value, plan.bound, plan.nodes, e
            );
        }
    }
    println!("{class} {m}x{n}: {proven}/{count} proven, total {total:.3} s, worst {worst:.3} s");
}
